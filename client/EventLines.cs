using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Donmai.Sessions.Events;

namespace Donmai.Client;

/// <summary>Reads events from NDJSON as they arrive. A last line without its line feed is not an event: it broke off.</summary>
internal static class EventLines
{
    /// <summary>Sub-type of the event that stands for a line of a kind this version does not know.</summary>
    public const string UnknownKind = "unknown";

    private const int LongestExcerpt = 200;

    public static async IAsyncEnumerable<AgentEvent> Read(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(body);
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(cancellationToken);
                var rest = read.Buffer;
                while (NextLine(ref rest) is { } line)
                    if (!line.IsEmpty)
                        yield return Parse(line);

                reader.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted)
                    yield break;
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static ReadOnlySequence<byte>? NextLine(ref ReadOnlySequence<byte> buffer)
    {
        if (buffer.PositionOf((byte)'\n') is not { } end)
            return null;

        var line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return line;
    }

    private static AgentEvent Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            if (JsonSerializer.Deserialize(ref reader, ControlApiJson.Default.AgentEvent) is { } known)
                return known;
        }
        catch (JsonException)
        {
            // A daemon of a later version may speak of kinds this one does not know; they are shown, not fatal.
        }

        var text = Encoding.UTF8.GetString(line);
        return new SystemEvent
        {
            Subtype = UnknownKind,
            Seq = NumberOf(text),
            Message = text.Length <= LongestExcerpt ? text : text[..LongestExcerpt] + "…",
        };
    }

    private static long NumberOf(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("seq", out var seq) && seq.TryGetInt64(out var number)
                ? number
                : 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }
}
