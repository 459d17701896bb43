using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Doctor;
using Donmai.Daemon;
using Donmai.Grains.Platform;
using Donmai.Platform;

namespace Donmai.Grains.Daemon;

/// <summary>What others see of the daemon.</summary>
internal static class DaemonViews
{
    private const string Unregistered = "unregistered";
    private const string Idle = "idle";
    private const string Busy = "busy";
    private const string Running = "running";
    private const string Paused = "paused";
    private const string Credentials = "credentials";

    /// <summary>What the machine offers to sessions (control-api.md §4.3).</summary>
    public static MachineCapacity Capacity(DaemonConfiguration configuration) => new()
    {
        MaxConcurrentSessions = configuration.MaxConcurrentSessions,
        MaxVCpuPerSession = configuration.MaxVCpuPerSession,
        MaxMemoryMbPerSession = configuration.MaxMemoryMbPerSession,
        ReservedVCpu = configuration.ReservedVCpu,
        ReservedMemoryMb = configuration.ReservedMemoryMb,
    };

    /// <summary>Capacity and what of it can be changed (control-api.md §4.6).</summary>
    public static CapacityReport CapacityReport(DaemonConfiguration configuration, DateTimeOffset now) => new()
    {
        Capacity = Capacity(configuration),
        PoolMaxDiskGb = configuration.PoolMaxDiskGb,
        SettableKeys = [.. CapacityKeys.All],
        Timestamp = now,
    };

    /// <summary>Health of the daemon, as far as it does not depend on its state (control-api.md §4.13).</summary>
    public static DoctorReport Doctor(
        DoctorFindings findings, HeartbeatStanding? beats, PlatformStanding registration, DaemonConfiguration configuration) => new()
        {
            ConfigLoaded = true,
            MachineId = configuration.MachineId,
            ProjectCount = configuration.Projects.Count,
            OrchestratorUrl = configuration.OrchestratorUrl,
            Checks = findings.Checks.ConvertAll(check => check.Name is Credentials ? Judged(check, registration) : check),
            HostChecks = beats is { Running: true } && registration.State is not RegistrationState.Forgotten ? [.. findings.HostChecks, Heartbeat(beats)] : findings.HostChecks,
        };

    /// <summary>The orchestrator has the last word on a token that looks well.</summary>
    private static DoctorCheck Judged(DoctorCheck credentials, PlatformStanding registration) => registration switch
    {
        { State: RegistrationState.Refused, LastError: { } why } => credentials with { Ok = false, Detail = $"{why}; is orchestrator.authToken still good?" },
        { State: RegistrationState.Forgotten } => credentials with { Ok = false, Detail = "the registration was wiped; run: donmai platform register" },
        { State: RegistrationState.Registered, WorkerId: { } workerId } when credentials.Ok => credentials with { Detail = $"{credentials.Detail}, accepted as {workerId}" },
        _ => credentials,
    };

    private static DoctorCheck Heartbeat(HeartbeatStanding beats) => new()
    {
        Name = "heartbeat",
        Ok = beats is { Missed: 0, ClaimingSuspended: false },
        Detail = beats switch
        {
            { Missed: > 0 } => $"{beats.Missed} in a row were missed: {beats.LastError}",
            { ClaimingSuspended: true } => $"the orchestrator says of this host: {beats.HostStatus?.Status} {beats.HostStatus?.RecommendedAction}".TrimEnd(),
            { LastSuccessAt: { } last } => $"last taken {TextTimestamp.ToText(last)}",
            _ => "none was sent yet",
        },
    };

    /// <summary>This machine among the machines (control-api.md §4.3).</summary>
    public static MachineStats Machine(DaemonStatus status, DaemonConfiguration configuration) => new()
    {
        Id = status.MachineId,
        Region = configuration.Region ?? "",
        Status = status.Status,
        Version = status.Version,
        ActiveSessions = status.ActiveSessions,
        Capacity = Capacity(configuration),
        UptimeSeconds = status.UptimeSeconds,
        LastSeenAt = status.Timestamp,
    };

    /// <summary>The standing at the orchestrator as it is told, in the order of control-api.md §4.3.</summary>
    /// <param name="standing">Standing by the last heartbeat.</param>
    /// <param name="isRegistered">Whether the orchestrator has given this machine an id.</param>
    /// <param name="state">The daemon's state.</param>
    /// <param name="accepting">Whether work is accepted.</param>
    public static RegistrationStats Registration(RegistrationStats standing, bool isRegistered, DaemonState state, bool accepting)
    {
        var status = string.IsNullOrEmpty(standing.Status) ? ByState(state, isRegistered) : standing.Status;
        if (!accepting && status is Idle or Busy or Running)
            status = Paused;
        return standing with { Status = status };
    }

    /// <summary>Repository of each allowlist entry; <see langword="null"/> when there is none.</summary>
    public static List<string>? AllowedProjects(DaemonConfiguration configuration) => configuration.Projects.Count == 0
        ? null
        : [.. configuration.Projects.Select(static project => RepositorySecrets.Strip(project.Repository))];

    private static string ByState(DaemonState state, bool isRegistered) =>
        state is not DaemonState.Running ? DaemonLifecycle.Name(state) : isRegistered ? Idle : Unregistered;
}
