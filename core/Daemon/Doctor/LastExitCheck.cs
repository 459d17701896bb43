namespace Donmai.Core.Daemon.Doctor;

/// <summary>Whether the daemon before this one ended as it should (daemon-runtime.md §15.3).</summary>
internal sealed class LastExitCheck(FormerLife former) : IDoctorCheck
{
    public string Name => "last-exit";

    public Task<CheckOutcome> Look(CancellationToken cancellationToken) => Task.FromResult(former.Exit switch
    {
        null => CheckOutcome.Well("no daemon ran here before"),
        { IsClean: true } clean => CheckOutcome.Well(clean.ToString()),
        var unclean => CheckOutcome.Bad($"{unclean}; its log says more (donmai daemon logs)"),
    });
}
