using Donmai.Core.Providers;

namespace Donmai.Core.Daemon.Doctor;

/// <summary>Whether git is there and works.</summary>
internal sealed class GitCheck(ProviderProbes probes, GitProvider git) : IDoctorCheck
{
    public string Name => "git";

    public async Task<CheckOutcome> Look(CancellationToken cancellationToken)
    {
        var finding = await probes.Look(git, refresh: true).WaitAsync(cancellationToken);
        return finding.Health == ProviderHealth.Ready ? CheckOutcome.Well($"git {finding.Version}") : CheckOutcome.Bad(finding.Detail ?? finding.Status);
    }
}
