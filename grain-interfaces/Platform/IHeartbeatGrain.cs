namespace Donmai.Platform;

/// <summary>The heartbeat of one machine (platform-api.md §6). Key: the machine id.</summary>
[Alias("donmai.IHeartbeatGrain")]
public interface IHeartbeatGrain : IGrainWithStringKey
{
    /// <summary>The heartbeat composed last; zero values when none was (control-api.md §4.12).</summary>
    [Alias("Last")]
    Task<Heartbeat> Last();

    /// <summary>Standing at the orchestrator (control-api.md §4.3).</summary>
    [Alias("Standing")]
    Task<RegistrationStats> Standing();
}
