using System.Diagnostics;
using System.Text;
using Donmai.Silo.Logging;
using Donmai.Silo.Tests.Storage;

namespace Donmai.Silo.Tests.Logging;

/// <summary>The log file: bounded, private, and never in the way.</summary>
public sealed class Log_files
{
    private const int Enough = 400;

    [Fact]
    public void A_file_that_is_large_enough_is_put_aside_and_the_oldest_is_dropped()
    {
        using var bed = new LogBed().Open(largest: 4096, kept: 3);
        for (var number = 0; number < Enough; number++)
            bed.Logger().Turns("s", number);
        bed.Close();

        var directory = Path.GetDirectoryName(bed.Path)!;
        Directory.GetFiles(directory).Select(Path.GetFileName).ShouldBe(["daemon.log", "daemon.log.1", "daemon.log.2"], ignoreOrder: true);
        foreach (var file in Directory.GetFiles(directory))
        {
            new FileInfo(file).Length.ShouldBeLessThanOrEqualTo(4096);
            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var lines = new[] { ".2", ".1", "" }.SelectMany(ending => File.ReadAllLines(bed.Path + ending)).ToList();
        var first = Enough - lines.Count;
        lines.Select((line, at) => line.EndsWith($"has {first + at} turns", StringComparison.Ordinal)).ShouldAllBe(static whole => whole);
        first.ShouldBeGreaterThan(0);
        bed.Lost.ShouldBe(0);
    }

    [Fact]
    public void A_file_of_an_earlier_life_is_continued_and_made_private()
    {
        using var bed = new LogBed();
        File.WriteAllText(bed.Path, "before\n");
        bed.Open().Logger().Turns("s", 1);

        bed.Lines()[0].ShouldBe("before");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(bed.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_file_that_somebody_takes_away_is_made_again()
    {
        using var directory = new TemporaryDirectory();
        var time = new ManualTime();
        var path = Path.Combine(directory.Path, "logs", "daemon.log");
        using var file = new RollingFile(path, 1 << 20, 2, time);
        file.Write("one\n"u8);
        File.Move(path, path + ".taken");
        time.Advance(TimeSpan.FromSeconds(2));
        file.Write("two\n"u8);

        File.ReadAllText(path).ShouldBe("two\n");
    }

    [Fact]
    public void A_log_that_cannot_be_written_is_said_on_standard_error_and_ends_nothing()
    {
        var error = new MemoryStream();
        using var bed = new LogBed { Error = error };
        Directory.CreateDirectory(bed.Path);
        bed.Open().Logger().Turns("s", 1);
        bed.Logger().Turns("s", 2);
        bed.Close();

        var said = Encoding.UTF8.GetString(error.ToArray());
        said.ShouldContain($"The log cannot be written to {bed.Path}");
        said.Split("cannot be written").Length.ShouldBe(2, "it is said once");
        said.ShouldContain("has 2 turns");
        bed.Lost.ShouldBe(2);
    }

    [SmallDiskFact]
    public async Task On_a_full_disk_entries_are_counted_and_the_count_is_said_when_there_is_room_again()
    {
        using var disk = SmallDisk.TryMount(64)!;
        using (var bed = new LogBed())
        {
            var path = Path.Combine(disk.Path, "daemon.log");
            bed.Open(LogFormat.Ndjson, path: path);
            bed.Logger().Turns("before", 1);
            await Until(() => File.Exists(path) && new FileInfo(path).Length > 0);
            var filler = Path.Combine(disk.Path, "filler");
            Fill(filler);
            for (var number = 0; number < 100; number++)
                bed.Logger().Said(new string('x', 50));
            await Until(() => bed.Lost > 0);
            File.Delete(filler);
            bed.Logger().Turns("after", 1);
            bed.Close();

            var entries = Array.ConvertAll(await File.ReadAllLinesAsync(path), static line => System.Text.Json.JsonDocument.Parse(line).RootElement);
            var said = entries.Select(static entry => entry.GetProperty("message").GetString()!).ToList();
            said[0].ShouldContain("before");
            said[^1].ShouldContain("after");
            var told = said.Where(static words => words.Contains("log entries are missing here", StringComparison.Ordinal)).ToList();
            told.Sum(static words => int.Parse(words.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe((int)bed.Lost);
            (entries.Length - told.Count + bed.Lost).ShouldBe(102);
        }
    }

    [Fact]
    public async Task A_reader_of_standard_error_that_stalls_holds_nobody_up()
    {
        await using var stalled = new StalledStream();
        var taken = Stopwatch.StartNew();
        using (var bed = new LogBed { Error = stalled }.Open())
        {
            for (var number = 0; number < 2 * LogPump.Capacity; number++)
                bed.Logger().Turns("s", number);
            taken.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
            bed.Lost.ShouldBeGreaterThan(0);
            bed.Close();
        }

        taken.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), "the end waits a bounded time");
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            while (true)
                file.Write(new byte[1024]);
        }
        catch (IOException)
        {
            return; // full, as wanted
        }
    }

    private static async Task Until(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!holds())
            await Task.Delay(10, limit.Token);
    }
}
