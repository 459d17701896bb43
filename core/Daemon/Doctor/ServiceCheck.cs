using Donmai.Core.Daemon.Service;

namespace Donmai.Core.Daemon.Doctor;

/// <summary>Whether the installed service runs, where one is installed.</summary>
internal sealed class ServiceCheck(ServicePrograms programs, TimeProvider clock) : IDoctorCheck
{
    public string Name => "service";

    public async Task<CheckOutcome> Look(CancellationToken cancellationToken)
    {
        if (await DaemonServices.Installed(programs, clock, cancellationToken) is not { State: var state })
            return CheckOutcome.Well("no service is installed ('donmai daemon install' makes one)");
        var where = $"the {state.Keeper} service {state.Path}";
        return state switch
        {
            { Problem: { } problem } => CheckOutcome.Bad($"{where} cannot be asked: {problem}"),
            { Active: false } => CheckOutcome.Bad($"{where} does not run{(state.Word.Length > 0 ? $" ({state.Word})" : "")}; 'donmai daemon start' starts it, 'donmai daemon logs' says why it ended"),
            { Enabled: false } => CheckOutcome.Bad($"{where} runs, but is not started by itself; 'donmai daemon install' repairs that"),
            _ => CheckOutcome.Well($"{where} runs"),
        };
    }
}
