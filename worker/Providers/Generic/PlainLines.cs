using Donmai.Core.Sessions.Children;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Generic;

/// <summary>A program that prints words for people: every line is the agent's, and its exit code says how it went.</summary>
/// <param name="session">Id that stands for the session.</param>
internal sealed class PlainLines(string session) : ITurnDecoder
{
    /// <inheritdoc/>
    public IReadOnlyList<AgentEvent> Begin() => [new InitEvent { SessionId = session }];

    /// <inheritdoc/>
    public IReadOnlyList<AgentEvent> Decode(string line) => [new AssistantTextEvent { Text = line + "\n" }];

    /// <inheritdoc/>
    public IReadOnlyList<AgentEvent> End(ChildExit exit) => exit.Succeeded ? [new ResultEvent { Success = true, Cost = new AgentCost { NumTurns = 1 } }] : [];
}
