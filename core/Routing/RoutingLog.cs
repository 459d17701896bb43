using System.Text.Json;
using Donmai.Core.Daemon;
using Donmai.Routing;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Routing;

/// <summary>
/// The recent decisions on the disk (routing.md §2): a line for each in <c>routing.jsonl</c>, one old file beside it, damaged lines skipped. It is
/// appended to without a flush to the disk: that a session was routed is durable in its own trace. One writer at a time.
/// </summary>
/// <param name="state">Where it lies.</param>
/// <param name="logger">Told of lines that cannot be read.</param>
public sealed partial class RoutingLog(StateDirectory state, ILogger<RoutingLog> logger)
{
    /// <summary>Bytes from which the file is put aside: 10 MiB.</summary>
    public const long RotateAt = 10 * 1024 * 1024;

    private const byte LineFeed = (byte)'\n';

    private string Old => state.RoutingLog + ".old";

    /// <summary>The last decisions, oldest first.</summary>
    /// <param name="count">How many at most.</param>
    public Task<List<RoutingExplanation>> ReadLast(int count) => Task.Run(() =>
    {
        var lines = new Queue<string>();
        foreach (var line in new[] { Old, state.RoutingLog }.Where(File.Exists).SelectMany(File.ReadLines))
        {
            lines.Enqueue(line);
            if (lines.Count > count)
                lines.Dequeue();
        }

        var read = lines.Select(Parse).OfType<RoutingExplanation>().ToList();
        if (read.Count < lines.Count)
            Damaged(state.RoutingLog, lines.Count - read.Count);
        return read;
    });

    /// <summary>Adds decisions.</summary>
    public Task Append(IReadOnlyList<RoutingExplanation> explanations) => Task.Run(() =>
    {
        var text = new MemoryStream();
        foreach (var explanation in explanations)
        {
            JsonSerializer.Serialize(text, explanation, ControlApiJson.Default.RoutingExplanation);
            text.WriteByte(LineFeed);
        }

        using var file = Open();
        if (EndsWithinALine(file))
            file.WriteByte(LineFeed); // what a daemon left that was killed while it wrote
        text.WriteTo(file);
    });

    private FileStream Open()
    {
        if (new FileInfo(state.RoutingLog) is { Exists: true, Length: >= RotateAt })
            File.Move(state.RoutingLog, Old, overwrite: true);
        return new FileStream(state.RoutingLog, DurableFile.OwnerOnly(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
    }

    private static bool EndsWithinALine(FileStream file)
    {
        if (file.Length == 0)
            return false;
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != LineFeed;
    }

    private static RoutingExplanation? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ControlApiJson.Default.RoutingExplanation) is { } read && IsWhole(read) ? read : null;
        }
        catch (JsonException)
        {
            return null; // counted by the reader
        }
    }

    // JSON can be read and yet lack what everybody else relies on, or have a number that cannot be written again.
    private static bool IsWhole(RoutingExplanation read) =>
        read is { SessionId: not null, Decision: { SessionId: not null, ChosenSandbox: not null, ChosenLlm: not null } decision, Trace: { } trace }
        && double.IsFinite(decision.Score)
        && double.IsFinite(decision.EstimatedCostCents ?? 0)
        && double.IsFinite(decision.EstimatedLatencyMs ?? 0)
        && decision.RejectedCandidates?.Contains(null!) != true
        && trace.TrueForAll(static step => step?.Remaining is not null);
}
