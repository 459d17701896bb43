using System.Text;

namespace Donmai.Worker.Platform;

/// <summary>
/// An activity as it waits: what can be long is cut already, secrets are still in it. It is written out when it is sent, outside of the agent's way.
/// </summary>
internal sealed class ActivityDraft
{
    private StringBuilder? _pieces;
    private int _bytes;

    /// <summary><see cref="ActivityType"/>.</summary>
    public required string Type { get; init; }

    /// <summary>What is said, or its first piece.</summary>
    public required string Words { get; init; }

    /// <summary>Most bytes of what is said.</summary>
    public required int WordsLimit { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether the next piece of the agent's words may be joined to it.</summary>
    public bool IsPiece { get; init; }

    /// <summary>The tool use whose sub-agent speaks, if any.</summary>
    public string? Speaker { get; init; }

    /// <summary>Name of the tool.</summary>
    public string ToolName { get; init; } = "";

    /// <summary>Id of the tool use.</summary>
    public string ToolUseId { get; init; } = "";

    /// <summary>Kind of the tool.</summary>
    public string ToolCategory { get; init; } = "";

    /// <summary>Arguments of the tool, a JSON object; <see langword="null"/> for none.</summary>
    public string? ToolInput { get; init; }

    /// <summary>What the tool answered.</summary>
    public string ToolOutput { get; init; } = "";

    /// <summary>Whether the tool failed.</summary>
    public bool IsError { get; init; }

    /// <summary>How long the tool took, in milliseconds; 0 when unknown.</summary>
    public long DurationMs { get; init; }

    /// <summary>Everything that is said.</summary>
    public string AllWords => _pieces?.ToString() ?? Words;

    /// <summary>About how many bytes it takes in memory.</summary>
    public int Size => 256 + (2 * (Length + ToolName.Length + ToolUseId.Length + ToolOutput.Length + (ToolInput?.Length ?? 0)));

    private int Length => _pieces?.Length ?? Words.Length;

    /// <summary>Whether nothing is said.</summary>
    public bool IsBlank => _pieces is null && string.IsNullOrWhiteSpace(Words);

    /// <summary>Joins the next piece of the same words to this one.</summary>
    /// <returns>Whether it fitted.</returns>
    public bool TryJoin(ActivityDraft next)
    {
        if (!IsPiece || !next.IsPiece || Speaker != next.Speaker || IsEndBefore(next.Words))
            return false;
        if (_bytes == 0)
            _bytes = Encoding.UTF8.GetByteCount(Words);
        var more = Encoding.UTF8.GetByteCount(next.Words);
        if (_bytes + more > WordsLimit)
            return false;
        _bytes += more;
        _pieces ??= new StringBuilder(Words);
        _pieces.Append(next.Words);
        return true;
    }

    // A provider that tells whole messages leaves no space between the end of one sentence and the beginning of the next.
    private bool IsEndBefore(string next) =>
        (_pieces is null ? Words[^1] : _pieces[^1]) is '.' or '!' or '?' or ':' && char.IsUpper(next[0]);
}
