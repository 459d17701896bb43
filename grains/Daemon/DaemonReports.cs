using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Doctor;
using Donmai.Core.Daemon.Updates;
using Donmai.Daemon;
using Donmai.Grains.Platform;
using Donmai.Sessions;
using Donmai.Workareas;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Daemon;

/// <summary>What the daemon tells about itself, its machine and its link to the platform (control-api.md §4.2, §4.3, §4.13, §4.14).</summary>
internal sealed partial class DaemonReports(
    IGrainFactory grains,
    IDaemonConfiguration configuration,
    ProgramIdentity program,
    UpdateProgress progress,
    DoctorRound doctor,
    IMachineCapabilities capabilities,
    TimeProvider clock,
    ILogger<DaemonReports> logger)
{
    /// <summary>State, version, slots.</summary>
    public async Task<DaemonStatus> Status(ReportedDaemon daemon)
    {
        var (admission, beats, registration) = (
            grains.Spawner(daemon.Machine).Admission(), grains.Heartbeat(daemon.Machine).Beats(), grains.Registration(daemon.Machine).Standing());
        await Task.WhenAll(admission, beats, registration);
        var standing = await registration;
        return Status(daemon, await admission) with
        {
            Heartbeat = standing.Mode is RegistrationState.Real && (await beats).Running ? await beats : null,
            Registration = standing.State.Length > 0 ? standing.State : null,
        };
    }

    /// <summary>Figures; those of the pool and of each machine where they are asked for.</summary>
    public async Task<DaemonStats> Stats(ReportedDaemon daemon, StatsRequest request)
    {
        var heartbeat = grains.Heartbeat(daemon.Machine);
        var (admitting, standing, beating, pool) = (
            grains.Spawner(daemon.Machine).Admission(), heartbeat.Standing(), heartbeat.Last(), request.Pool ? Pool(daemon.Machine) : null);
        await Task.WhenAll(admitting, standing, beating);
        var (admission, last) = (await admitting, await beating);
        var status = Status(daemon, admission);
        return new DaemonStats
        {
            Capacity = DaemonViews.Capacity(configuration.Current),
            ActiveSessions = status.ActiveSessions,
            QueueDepth = last.Polls?.QueueDepth ?? 0,
            HostStatus = last.Beats?.HostStatus,
            Pool = pool is null ? null : await pool,
            ByMachine = request.ByMachine ? [DaemonViews.Machine(status, configuration.Current)] : null,
            Timestamp = status.Timestamp,
            WorkerId = string.IsNullOrEmpty(last.WorkerId) ? null : last.WorkerId,
            Registration = DaemonViews.Registration(await standing, !string.IsNullOrEmpty(last.WorkerId), daemon.State, admission.Accepting),
            AllowedProjects = DaemonViews.AllowedProjects(configuration.Current),
        };
    }

    /// <summary>Health of the daemon and of what it needs.</summary>
    public async Task<DoctorReport> Doctor(ReportedDaemon daemon)
    {
        var heartbeat = grains.Heartbeat(daemon.Machine);
        var registration = grains.Registration(daemon.Machine).Standing();
        var (findings, standing, beating, update) = (doctor.Look(), heartbeat.Standing(), heartbeat.Last(), grains.Updates(daemon.Machine).Last());
        await Task.WhenAll(findings, standing, beating, update, registration);
        var last = await beating;
        return DaemonViews.Doctor(await findings, last.Beats, await registration, configuration.Current) with
        {
            WorkerId = last.WorkerId,
            Heartbeat = (await standing).HeartbeatRunning,
            State = DaemonLifecycle.Name(daemon.State),
            Version = program.Version,
            Engine = program.Engine,
            LastUpdate = await update,
            Timestamp = clock.GetUtcNow(),
        };
    }

    /// <summary>What the machine can do; nothing before the daemon was started.</summary>
    public async Task<CapabilityList> Capabilities(ReportedDaemon daemon)
    {
        var kinds = daemon.StartedAt is null ? [] : await capabilities.Kinds();
        return new CapabilityList { Provides = [.. kinds.Select(static kind => new Capability { Kind = kind })], Timestamp = clock.GetUtcNow() };
    }

    private DaemonStatus Status(ReportedDaemon daemon, SpawnerAdmission admission)
    {
        var now = clock.GetUtcNow();
        return new DaemonStatus
        {
            Status = DaemonLifecycle.WireStatus(daemon.State, admission.Accepting),
            Version = program.Version,
            Engine = program.Engine,
            MachineId = daemon.Machine,
            Pid = Environment.ProcessId,
            UptimeSeconds = daemon.StartedAt is { } start ? (long)(now - start).TotalSeconds : 0,
            ActiveSessions = admission.Active,
            MaxSessions = admission.Maximum,
            ProjectsAllowed = configuration.Current.Projects.Count,
            Timestamp = now,
            Update = progress.Current,
        };
    }

    /// <summary>A pool that fails is left out (control-api.md §4.3).</summary>
    private async Task<PoolStats?> Pool(string machine)
    {
        try
        {
            return await grains.WorkareaPool(machine).Stats();
        }
        catch (Exception failure)
        {
            PoolUnknown(failure);
            return null;
        }
    }
}
