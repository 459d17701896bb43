using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Donmai.Silo.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Bench.Journal;

/// <summary>Acknowledged writes a second of 64 writers to the journal, against one writer that writes and flushes the same bytes.</summary>
internal sealed class JournalFigure : IFigure
{
    private const int Writers = 64;
    private const int PayloadLength = 512;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1.5);

    /// <inheritdoc/>
    public string Name => "journal";

    /// <inheritdoc/>
    public string Summary => "acknowledged journal writes/s with 64 writers, against write+fsync by one writer of the same bytes";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory("journal");
        using var journal = Silo.Storage.Journal.Open(
            new JournalOptions { Directory = Path.Combine(directory.Path, "journal") }, new JournalDisk(), NullLogger.Instance);
        var versions = new long[Writers];
        var payload = JsonSerializer.SerializeToUtf8Bytes(new string('x', PayloadLength - 2));

        var (ours, baseline) = await Rounds.Measure(
            3,
            () => Append(journal, versions, payload, cancellation),
            () => Task.FromResult(WriteAndFlush(Path.Combine(directory.Path, "alone"), payload.Length + JournalRecord.HeaderLength + 20)));
        return [new FigureResult("journal: acknowledged writes, 64 writers", ours, baseline, "/s", 10, FigureLimit.AtLeast)];
    }

    private static async Task<double> Append(Silo.Storage.Journal journal, long[] versions, byte[] payload, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(
            async () =>
            {
                var key = new JournalKey("session", string.Create(CultureInfo.InvariantCulture, $"session/{writer}"));
                var count = 0;
                for (; clock.Elapsed < Slice; count++)
                    versions[writer] = await journal.WriteAsync(key, versions[writer], output =>
                    {
                        payload.CopyTo(output.GetSpan(payload.Length));
                        output.Advance(payload.Length);
                    });
                return count;
            },
            cancellation)));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static double WriteAndFlush(string path, int length)
    {
        var record = new byte[length];
        using var handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var clock = Stopwatch.StartNew();
        var count = 0;
        for (; clock.Elapsed < Slice; count++)
        {
            RandomAccess.Write(handle, record, (long)count * length);
            RandomAccess.FlushToDisk(handle);
        }

        return count / clock.Elapsed.TotalSeconds;
    }
}
