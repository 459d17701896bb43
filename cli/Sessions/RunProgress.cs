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
            case SystemEvent { Message: var message } system when _phase != "running":
                (_phase, _at) = (PhaseOf(system.Subtype), message ?? "");
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

    private static string PhaseOf(string subtype) => subtype.Replace('_', ' ').Replace('-', ' ');
}
