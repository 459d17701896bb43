using Donmai.Sessions.Events;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Tests.Providers;

/// <summary>Reads turns of agents, with a deadline.</summary>
internal static class Turns
{
    public static async Task<List<AgentEvent>> All(IAgentHandle handle)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var events = new List<AgentEvent>();
        await foreach (var happening in handle.Turn(bound.Token))
            events.Add(happening);
        bound.IsCancellationRequested.ShouldBeFalse();
        return events;
    }
}
