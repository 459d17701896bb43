namespace Donmai.Core.Daemon.Doctor;

/// <summary>Whether the orchestrator can be reached; any answer but a server's error will do.</summary>
internal sealed class OrchestratorCheck(OrchestratorContact contact) : IDoctorCheck
{
    /// <summary>What is said where there is no orchestrator.</summary>
    internal const string NoPlatform = "no orchestrator is configured (orchestrator.url); work comes from the control API alone";

    private const int FirstServerError = 500;

    public string Name => "orchestrator";

    public async Task<CheckOutcome> Look(CancellationToken cancellationToken)
    {
        if (contact.Address is not { } address)
            return CheckOutcome.Well(NoPlatform);
        var answer = await contact.Ask(address).WaitAsync(cancellationToken);
        if (answer.Failure is { } failure)
            return CheckOutcome.Bad($"{address} cannot be reached: {failure}; look at the network, the proxy and orchestrator.url");
        return (int)answer.Status >= FirstServerError
            ? CheckOutcome.Bad($"{address} answers {(int)answer.Status}; try again later")
            : CheckOutcome.Well($"{address} answers {(int)answer.Status}");
    }
}
