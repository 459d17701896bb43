using Donmai.Platform;

namespace Donmai.Grains.Platform;

/// <summary>Fetches work of one machine. Nothing is registered, so nobody is asked (platform-api.md §7).</summary>
internal sealed class PollGrain : Grain, IPollGrain
{
    public Task Begin() => Task.CompletedTask;

    public Task End() => Task.CompletedTask;

    public Task PollSoon() => Task.CompletedTask;

    public Task<PollStanding> Standing() => Task.FromResult(new PollStanding());
}
