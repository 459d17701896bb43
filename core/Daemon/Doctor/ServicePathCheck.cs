using Donmai.Core.Daemon.Service;
using Donmai.Core.Providers;

namespace Donmai.Core.Daemon.Doctor;

/// <summary>
/// Whether a service would find the agent programs that this shell finds: its <c>PATH</c> is a short one (daemon-runtime.md §14.2), and programs
/// are often installed where only a shell looks.
/// </summary>
/// <param name="runtimes">The agent runtimes.</param>
/// <param name="configuration">Programs that are configured.</param>
/// <param name="shell">The environment of this shell.</param>
/// <param name="service">The environment of the service.</param>
internal sealed class ServicePathCheck(
    IAgentRuntimes runtimes, IDaemonConfiguration configuration, HostEnvironment shell, HostEnvironment service) : IDoctorCheck
{
    public string Name => "service-path";

    public static string OfService(string home) => OperatingSystem.IsMacOS() ? LaunchdPlist.SearchPath(home) : SystemdUnit.SearchPath(home);

    public Task<CheckOutcome> Look(CancellationToken cancellationToken)
    {
        var hidden = runtimes.All.Where(runtime => IsThere(runtime, shell) && !IsThere(runtime, service)).Select(static runtime => runtime.Name).ToList();
        return Task.FromResult(hidden.Count == 0
            ? CheckOutcome.Well($"a service has PATH={service.SearchPath}")
            : CheckOutcome.Bad($"{string.Join(", ", hidden)} is on the PATH of this shell, but not on that of a service ({service.SearchPath}); set providers.{hidden[0]}.binary in daemon.yaml"));
    }

    private bool IsThere(IAgentRuntime runtime, HostEnvironment host) =>
        runtime.Locate(new ProbeSurroundings(host, configuration.Current.ProviderOf(runtime.Name))).Missing is null;
}
