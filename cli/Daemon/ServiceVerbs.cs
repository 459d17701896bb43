using System.CommandLine;
using Donmai.Core.Daemon.Service;

namespace Donmai.Cli.Daemon;

/// <summary>What the verbs about the service have in common.</summary>
internal static class ServiceVerbs
{
    /// <summary>The service of the machine instead of the user's.</summary>
    public static readonly Option<bool> System = new("--system") { Description = "For the whole machine, started with it; needs root (sudo), runs as you." };

    /// <summary>Not to wait for the outcome.</summary>
    public static readonly Option<bool> NoWait = new("--no-wait") { Description = "Return at once instead of waiting for the outcome." };

    /// <summary>The service that is installed, if one is.</summary>
    public static Task<(IDaemonService Service, ServiceState State)?> Installed(CancellationToken cancellationToken) =>
        DaemonServices.Installed(ServicePrograms.OfThisProcess(), TimeProvider.System, cancellationToken);

    /// <summary>The service that is installed.</summary>
    /// <exception cref="CommandFailureException">None is.</exception>
    public static async Task<(IDaemonService Service, ServiceState State)> MustBeInstalled(CancellationToken cancellationToken) =>
        await Installed(cancellationToken) ?? throw new CommandFailureException(
            "The daemon is not installed as a service: 'donmai daemon install' does that; 'donmai daemon run' runs it in the foreground.");

    /// <summary>"the service of anna", "the service of the machine".</summary>
    public static string Named(ServiceScope scope) => scope is ServiceScope.System ? "the machine's service" : "your service";
}
