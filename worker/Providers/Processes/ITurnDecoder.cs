using Donmai.Core.Sessions.Children;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Providers.Processes;

/// <summary>Turns the output of one run into events. Nothing that a program writes makes it throw (worker.md §3.1 EV-6).</summary>
internal interface ITurnDecoder
{
    /// <summary>What is known before the program has said anything.</summary>
    IReadOnlyList<AgentEvent> Begin() => [];

    /// <summary>The events of one line, which is never empty.</summary>
    IReadOnlyList<AgentEvent> Decode(string line);

    /// <summary>What is still to be said once the program has ended and all its lines were read.</summary>
    IReadOnlyList<AgentEvent> End(ChildExit exit);
}
