using System.Globalization;

namespace Donmai.Core.Daemon.Doctor;

/// <summary>Whether this machine's clock agrees with the orchestrator's; tokens and time stamps depend on it.</summary>
internal sealed class ClockCheck(OrchestratorContact contact) : IDoctorCheck
{
    // The header has whole seconds, and the answer takes its time.
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(30);

    public string Name => "clock";

    public async Task<CheckOutcome> Look(CancellationToken cancellationToken)
    {
        if (contact.Address is not { } address)
            return CheckOutcome.Well("there is no orchestrator to compare the clock with");
        if (await contact.Ask(address).WaitAsync(cancellationToken) is not { Failure: null, Date: { } theirs } answer)
            return CheckOutcome.Well($"{address} did not tell its time");
        var ahead = answer.At - theirs;
        var text = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(ahead.TotalSeconds):0} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the orchestrator's");
        return ahead.Duration() > Tolerated
            ? CheckOutcome.Bad($"this machine's clock is {text}; set it, or let it be set (timedatectl set-ntp true)")
            : CheckOutcome.Well("this machine's clock agrees with the orchestrator's");
    }
}
