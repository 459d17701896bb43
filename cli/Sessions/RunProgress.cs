using Donmai.Cli.Rendering;
using Donmai.Sessions.Events;

namespace Donmai.Cli.Sessions;

/// <summary>Where a session is, as its events tell.</summary>
internal sealed class RunProgress(TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();

    private string _phase = "starting";
    private string _at = "";
    private int _tools;
    private double _dollars;
    private bool _stopping;

    /// <summary>Takes an event into account.</summary>
    public void Take(AgentEvent one)
    {
        switch (one)
        {
            case InitEvent:
                (_phase, _at) = ("running", "");
                break;
            case SystemEvent { Subtype: EventText.Phase, Message: { } phase }:
                (_phase, _at) = phase.IndexOf(' ', StringComparison.Ordinal) is var gap and > 0 ? (phase[..gap], phase[(gap + 1)..]) : (phase, "");
                break;
            case ToolUseEvent use:
                _tools++;
                var (name, argument) = EventText.Call(use);
                _at = $"{name} {argument}";
                break;
            case ToolProgressEvent progress:
                _at = $"{progress.ToolName} for {Amounts.Duration(TimeSpan.FromSeconds(progress.ElapsedSeconds))}";
                break;
            case ToolResultEvent or AssistantTextEvent:
                _at = "";
                break;
            case ResultEvent result:
                _dollars += result.Cost?.TotalCostUsd ?? 0;
                (_phase, _at) = ("finishing", "");
                break;
        }
    }

    /// <summary>The user asked for the end.</summary>
    public void Stopping() => _stopping = true;

    /// <summary>The status line.</summary>
    public override string ToString()
    {
        string?[] parts =
        [
            _stopping ? "stopping" : _phase,
            Amounts.Duration(clock.GetElapsedTime(_start)),
            _tools > 0 ? Amounts.Of(_tools, "tool use") : null,
            _dollars > 0 ? Amounts.Dollars(_dollars) : null,
            _stopping ? "Ctrl-C again ends it at once" : _at.Length > 0 ? _at : null,
        ];
        return string.Join(" | ", parts.Where(static part => part is not null));
    }
}
