using Donmai.Core.Daemon;
using Donmai.Core.Platform.Wire;
using Donmai.Platform;

namespace Donmai.Core.Platform;

/// <summary>
/// Registers one machine and refreshes its token, and keeps what comes of it for the next start (platform-api.md §3–§5). Says what is true of the
/// machine at that moment.
/// </summary>
/// <param name="client">Asks the orchestrator.</param>
/// <param name="cache">Keeps registrations.</param>
/// <param name="configuration">Capacity and projects.</param>
/// <param name="capabilities">What the machine can do.</param>
/// <param name="program">What runs.</param>
/// <param name="host">What is known of the machine.</param>
/// <param name="clock">Source of time.</param>
public sealed class Registrar(
    PlatformClient client,
    RegistrationCache cache,
    IDaemonConfiguration configuration,
    IMachineCapabilities capabilities,
    ProgramIdentity program,
    HostFacts host,
    TimeProvider clock)
{
    /// <summary>The registration of an earlier start that is still good; <see langword="null"/> without one.</summary>
    public PlatformRegistration? Cached(PlatformTarget target) => cache.Find(target);

    /// <summary>A registration with nobody, without any network (platform-api.md §13).</summary>
    /// <remarks>It is made up again at every start, so it is not kept: what is kept may be good again when there is an orchestrator again.</remarks>
    public PlatformRegistration Stub(PlatformTarget target) => StubRegistration.For(target, Hostname(target), clock.GetUtcNow());

    /// <summary>Registers the machine as it is now.</summary>
    /// <exception cref="PlatformException">It could not be registered; what was kept is as it was.</exception>
    public async Task<PlatformRegistration> Register(PlatformTarget target, CancellationToken cancellationToken)
    {
        var request = await Describe(target);
        return Kept(PlatformRegistration.Of(await client.Register(Access(target), request, cancellationToken), target, clock.GetUtcNow()), target);
    }

    /// <summary>Replaces the token; the worker id stays.</summary>
    /// <exception cref="PlatformException">It could not be replaced; what was kept is as it was.</exception>
    public async Task<PlatformRegistration> Refresh(PlatformTarget target, PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var answer = await client.RefreshToken(Access(target) with { WorkerId = credentials.WorkerId }, cancellationToken);
        return Kept(PlatformRegistration.Of(answer, target, clock.GetUtcNow(), credentials), target);
    }

    /// <summary>The registration of another worker id that somebody else has kept meanwhile; <see langword="null"/> without one.</summary>
    public PlatformCredentials? Sibling(PlatformTarget target, string workerId) =>
        cache.Find(target)?.Credentials is { } kept && kept.WorkerId != workerId ? kept : null;

    /// <summary>Deletes what is kept.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Forget() => cache.Delete();

    private static PlatformAccess Access(PlatformTarget target) => new() { Url = target.Url, Token = target.Token };

    private async Task<RegisterRequest> Describe(PlatformTarget target)
    {
        var kinds = await capabilities.Kinds();
        var current = configuration.Current;
        var projects = AllowlistReport.Of(current.Projects).Entries;
        return new RegisterRequest
        {
            MachineId = target.MachineId.Length > 0 ? target.MachineId : Hostname(target),
            Hostname = Hostname(target),
            Capacity = Math.Max(1, current.MaxConcurrentSessions),
            Version = program.Version,
            Provides = kinds.Count == 0 ? null : [.. kinds.Select(static kind => new ProvidedKind { Kind = kind })],
            DaemonProjects = projects.Count == 0 ? null : projects,
        };
    }

    private string Hostname(PlatformTarget target) => host.Hostname.Length > 0 ? host.Hostname : target.MachineId;

    private PlatformRegistration Kept(PlatformRegistration registration, PlatformTarget target)
    {
        cache.Keep(registration, target);
        return registration;
    }
}
