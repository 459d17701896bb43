using System.Globalization;
using Donmai.Core.Sessions.Children;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Providers.Processes;

/// <summary>Keeps the events of one turn in the order every adapter owes (worker.md §3.1 EV-1, EV-2).</summary>
internal sealed class TurnStream
{
    private bool _initialised;

    /// <summary>Whether the turn's result was seen.</summary>
    public bool HasResult { get; private set; }

    /// <summary>Whether an event may be delivered: one <c>init</c>, one <c>result</c>, nothing after it.</summary>
    public bool Accepts(AgentEvent happening)
    {
        if (HasResult || (happening is InitEvent && _initialised))
            return false;
        _initialised |= happening is InitEvent;
        HasResult = happening is ResultEvent;
        return true;
    }

    /// <summary>The notice of a line that was too long to keep.</summary>
    public static SystemEvent Oversize(long bytes) =>
        new() { Subtype = "oversize_line", Message = string.Create(CultureInfo.InvariantCulture, $"a line of {bytes} bytes was skipped") };

    /// <summary>What is said when a program ended without saying how it went (CP-11).</summary>
    public static ErrorEvent EndedWithoutResult(string program, ChildExit exit, string complaints) => new()
    {
        Message = complaints.Trim() is { Length: > 0 } tail ? $"{program} ended without a result ({exit}): {tail}" : $"{program} ended without a result ({exit})",
        Code = "spawn_no_result",
        Fatal = true,
    };
}
