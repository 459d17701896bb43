using System.Globalization;
using Donmai.Core.Sessions.Children;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Providers.Processes;

/// <summary>Keeps the events of one turn in the order every adapter owes (worker.md §3.1 EV-1, EV-2).</summary>
internal sealed class TurnStream
{
    /// <summary>How many notices may wait for <c>init</c>.</summary>
    private const int MostEarly = 100;

    private readonly List<AgentEvent> _early = [];
    private bool _begun;
    private bool _initialised;

    /// <summary>Whether the turn's result was seen.</summary>
    public bool HasResult { get; private set; }

    /// <summary>
    /// What is to be delivered now: one <c>init</c> before everything else, one <c>result</c>, nothing after it. Notices that programs give before
    /// they name their session are held back until they do, or until something else is said. A session that is named late is still a session.
    /// </summary>
    public IReadOnlyList<AgentEvent> Take(AgentEvent happening)
    {
        if (HasResult || (happening is InitEvent && _initialised))
            return [];
        if (!_begun && happening is SystemEvent && _early.Count < MostEarly)
        {
            _early.Add(happening);
            return [];
        }

        _begun = true;
        _initialised |= happening is InitEvent;
        HasResult = happening is ResultEvent;
        List<AgentEvent> due = happening is InitEvent ? [happening, .. _early] : [.. _early, happening];
        _early.Clear();
        return due;
    }

    /// <summary>What is still to be said once the program has ended.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="exit">How it ended.</param>
    /// <param name="complaints">The tail of its standard error.</param>
    public IReadOnlyList<AgentEvent> End(string program, ChildExit exit, string complaints) =>
        HasResult ? [] : Take(EndedWithoutResult(program, exit, complaints));

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
