using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Donmai.Workareas;

namespace Donmai.Client;

/// <summary>The body of a difference in either of its shapes (workareas.md §6.5).</summary>
/// <param name="body">The body.</param>
/// <param name="address">Who answers, for what is said when it cannot be read.</param>
internal sealed class DifferenceBody(Stream body, Uri address)
{
    private const int LongestLine = 1024 * 1024;

    /// <summary>How many paths differ; known when the last entry has been read.</summary>
    public WorkareaDiffSummary Summary { get; private set; } = new();

    /// <summary>The entries of a body that is one JSON value.</summary>
    public async IAsyncEnumerable<WorkareaDifference> OnePiece([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var diff = await Parsed(cancellationToken);
        foreach (var entry in diff.Entries)
            yield return entry;
        Summary = diff.Summary;
    }

    /// <summary>The entries of a body with an entry a line.</summary>
    public async IAsyncEnumerable<WorkareaDifference> Lines([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(body);
        var entries = 0L;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (NextLine(ref rest, read.IsCompleted) is { } line)
            {
                if (line.IsEmpty)
                    continue;
                if (Entry(line) is { } entry)
                {
                    entries++;
                    yield return entry;
                    continue;
                }

                Summary = End(line);
                if (Summary.Total != entries)
                    throw Unreadable($"its summary counts {Summary.Total} entries, and there were {entries}");
                yield break;
            }

            if (read.IsCompleted)
                throw Unreadable("the difference broke off before its summary");
            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    private async Task<WorkareaDiff> Parsed(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await JsonSerializer.DeserializeAsync(body, ControlApiJson.Default.WorkareaDiffAnswer, cancellationToken);
            return answer?.Diff ?? throw Unreadable("it is null");
        }
        catch (JsonException invalid)
        {
            throw Unreadable(invalid.Message, invalid);
        }
    }

    private ReadOnlySequence<byte>? NextLine(ref ReadOnlySequence<byte> buffer, bool isLast)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            var line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return line.Length <= LongestLine ? line : throw TooLong();
        }

        if (buffer.Length > LongestLine)
            throw TooLong();
        if (!isLast || buffer.IsEmpty)
            return null;
        var rest = buffer;
        buffer = buffer.Slice(buffer.End);
        return rest;
    }

    /// <summary>The entry; <see langword="null"/> when the line is none.</summary>
    private WorkareaDifference? Entry(ReadOnlySequence<byte> line)
    {
        var entry = Read(line, ControlApiJson.Default.WorkareaDifference);
        return string.IsNullOrEmpty(entry.Path) ? null : entry;
    }

    private WorkareaDiffSummary End(ReadOnlySequence<byte> line)
    {
        var end = Read(line, ControlApiJson.Default.WorkareaDiffEnd);
        if (end.Error is { } error)
            throw new DiffFailedException(error);
        return end.Summary ?? throw Unreadable("a line is neither an entry nor a summary");
    }

    private T Read<T>(ReadOnlySequence<byte> line, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            return JsonSerializer.Deserialize(ref reader, type) ?? throw Unreadable("a line is null");
        }
        catch (JsonException invalid)
        {
            throw Unreadable($"a line is no entry of a difference: {invalid.Message}", invalid);
        }
    }

    private UnreadableAnswerException TooLong() => Unreadable($"a line is longer than {LongestLine} bytes");

    private UnreadableAnswerException Unreadable(string problem, Exception? cause = null) => new(address, problem, cause);
}
