using Donmai.Core.Daemon;
using Donmai.Core.Platform;
using Donmai.Platform;

namespace Donmai.Grains.Platform;

/// <summary>How a registration is shown (<see cref="PlatformStanding"/>).</summary>
internal static class RegistrationState
{
    /// <summary>No step has ended yet.</summary>
    public const string Starting = "starting";

    /// <summary>There is a registration.</summary>
    public const string Registered = "registered";

    /// <summary>Nobody answers, or not now.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The orchestrator does not want this machine.</summary>
    public const string Refused = "refused";

    /// <summary>A person has wiped it.</summary>
    public const string Forgotten = "forgotten";

    /// <summary>Source: made up.</summary>
    public const string StubSource = "stub";

    /// <summary>Source: an earlier start.</summary>
    public const string CacheSource = "cache";

    /// <summary>Source: the orchestrator.</summary>
    public const string RegisterSource = "register";

    /// <summary>Mode: an orchestrator is asked.</summary>
    public const string Real = "real";

    private const string Stub = "stub";
    private const string Local = "local";

    /// <summary>The standing before the first step.</summary>
    public static PlatformStanding Of(PlatformTarget target)
    {
        var mode = target.Mode switch { PlatformMode.Real => Real, PlatformMode.Stub => Stub, _ => Local };
        return new PlatformStanding
        {
            Mode = mode,
            State = target.Mode is PlatformMode.Real ? Starting : mode,
            Url = RepositorySecrets.Strip(target.Url),
            Note = target.Why,
        };
    }

    /// <summary>The standing with a registration.</summary>
    /// <param name="target">Whose it is.</param>
    /// <param name="registration">The registration.</param>
    /// <param name="former">The standing before.</param>
    /// <param name="source">Where it comes from; <see langword="null"/> when only its token is new.</param>
    /// <param name="now">When.</param>
    public static PlatformStanding In(PlatformTarget target, PlatformRegistration registration, PlatformStanding former, string? source, DateTimeOffset now)
    {
        var credentials = registration.Credentials;
        return Of(target) with
        {
            State = target.Mode is PlatformMode.Stub ? Stub : Registered,
            WorkerId = credentials.WorkerId,
            Source = source ?? former.Source,
            RegisteredAt = source is null ? former.RegisteredAt : now,
            RefreshedAt = source is null ? now : null,
            TokenExpiresAt = credentials.ExpiresAt,
            HeartbeatIntervalMs = credentials.HeartbeatIntervalMs,
            PollIntervalMs = credentials.PollIntervalMs,
        };
    }
}
