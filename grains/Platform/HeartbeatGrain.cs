using Donmai.Platform;

namespace Donmai.Grains.Platform;

/// <summary>The heartbeat of one machine. Nothing is registered, so none was composed yet: zero values (control-api.md §4.3, §4.12).</summary>
internal sealed class HeartbeatGrain : Grain, IHeartbeatGrain
{
    public Task<Heartbeat> Last() => Task.FromResult(new Heartbeat());

    public Task<RegistrationStats> Standing() => Task.FromResult(new RegistrationStats());

    public Task Begin() => Task.CompletedTask;

    public Task End() => Task.CompletedTask;

    public Task BeatSoon() => Task.CompletedTask;

    public Task<HeartbeatStanding> Beats() => Task.FromResult(new HeartbeatStanding());
}
