using Donmai.Core.Providers;

namespace Donmai.Core.Daemon.Doctor;

/// <summary>Whether there is an agent runtime that sessions can be given to.</summary>
internal sealed class ProvidersCheck(IAgentRuntimes runtimes, ProviderProbes probes, IDaemonConfiguration configuration) : IDoctorCheck
{
    public string Name => "providers";

    public async Task<CheckOutcome> Look(CancellationToken cancellationToken)
    {
        if (runtimes.All.Count == 0)
            return CheckOutcome.Well("the worker command brings its own agent runtimes");
        var allowed = runtimes.All.Where(runtime => !runtime.IsOnlyOnRequest || configuration.Current.AllowStub);
        var found = await Task.WhenAll(allowed.Select(async runtime =>
            (runtime.Name, Finding: await probes.Look(runtime, refresh: true).WaitAsync(cancellationToken))));
        var told = found.Where(static one => one.Finding.Health is not ProviderHealth.Inactive).Select(static one => Describe(one.Name, one.Finding));
        var absent = found.Where(static one => one.Finding.Health is ProviderHealth.Inactive).Select(static one => one.Name).ToList();
        var detail = string.Join("; ", absent.Count == 0 ? told : told.Append($"not there: {string.Join(", ", absent)} ('donmai provider probe' says what to do)"));
        return found.Any(static one => one.Finding.IsUsable) ? CheckOutcome.Well(detail) : CheckOutcome.Bad(detail);
    }

    private static string Describe(string name, ProviderFinding finding)
    {
        var version = finding.Version is { Length: > 0 } known ? " " + known : "";
        return finding.Detail is { } detail ? $"{name} is {finding.Status}: {detail}" : $"{name}{version} is {finding.Status}";
    }
}
