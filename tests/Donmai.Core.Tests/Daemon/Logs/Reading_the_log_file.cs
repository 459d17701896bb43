using Donmai.Core.Daemon.Logs;

namespace Donmai.Core.Tests.Daemon.Logs;

public sealed class Reading_the_log_file : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("donmai-log-");

    private string Log => Path.Combine(_directory.FullName, "daemon.log");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task It_is_one_text_with_what_was_put_aside()
    {
        File.WriteAllText(Log + ".2", "1\n2\n");
        File.WriteAllText(Log + ".1", "3\n");
        File.WriteAllText(Log, "4\n5");

        (await Lines(last: null)).ShouldBe(["1", "2", "3", "4", "5"]);
    }

    [Theory]
    [InlineData(1, "5")]
    [InlineData(2, "4,5")]
    [InlineData(3, "3,4,5")]
    [InlineData(4, "2,3,4,5")]
    [InlineData(9, "1,2,3,4,5")]
    public async Task Its_last_lines_may_be_in_several_files(int count, string lines)
    {
        File.WriteAllText(Log + ".2", "1\n2\n");
        File.WriteAllText(Log + ".1", "3\n");
        File.WriteAllText(Log, "4\n5\n");

        (await Lines(count)).ShouldBe(lines.Split(','));
    }

    [Fact]
    public async Task Its_last_lines_are_found_in_a_file_of_many_blocks()
    {
        await File.WriteAllLinesAsync(Log, Enumerable.Range(1, 20_000).Select(static number => $"{number} {new string('x', number % 300)}"));

        (await Lines(15_000)).Select(static line => int.Parse(line.Split(' ')[0])).ShouldBe(Enumerable.Range(5_001, 15_000));
    }

    [Fact]
    public async Task A_file_that_is_not_there_has_no_lines() => (await Lines(last: 5)).ShouldBeEmpty();

    [Fact]
    public async Task It_is_followed_over_being_put_aside_any_number_of_times()
    {
        await using var lines = Follow(last: 1);
        var first = Next(lines);
        File.WriteAllText(Log, "a1\na2\n");
        (await first).ShouldBe("a1", "the file came after the follower, so that everything in it is new");
        (await Next(lines)).ShouldBe("a2");

        // Three times between two looks: everything must come, in order.
        File.AppendAllText(Log, "a3\n");
        PutAside();
        File.WriteAllText(Log, "b1\nb2\n");
        PutAside();
        File.WriteAllText(Log, "c1\n");
        PutAside();
        File.WriteAllText(Log, "d1\n");

        foreach (var expected in (string[])["a3", "b1", "b2", "c1", "d1"])
            (await Next(lines)).ShouldBe(expected);
        File.AppendAllText(Log, "d2\n");
        (await Next(lines)).ShouldBe("d2");
    }

    [Fact]
    public async Task It_is_followed_over_being_cut()
    {
        File.WriteAllText(Log, "1 long line\n2 long line\n");
        await using var lines = Follow(last: 1);
        (await Next(lines)).ShouldBe("2 long line");

        File.Copy(Log, Log + ".1");
        File.WriteAllText(Log, "3\n");

        (await Next(lines)).ShouldBe("3");
    }

    [Fact]
    public async Task Half_a_line_is_waited_for()
    {
        File.WriteAllText(Log, "1\n2");
        await using var lines = Follow(last: 5);
        (await Next(lines)).ShouldBe("1");
        var next = Next(lines);
        File.AppendAllText(Log, "2\n");

        (await next).ShouldBe("22");
    }

    [Fact]
    public async Task Waiting_ends_when_nobody_wants_more()
    {
        using var enough = new CancellationTokenSource();
        var lines = new LogFile(Log, TimeProvider.System).Lines(5, follow: true, enough.Token).GetAsyncEnumerator(CancellationToken.None);
        var next = lines.MoveNextAsync().AsTask();
        await enough.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(next.WaitAsync(Deadline));
    }

    private void PutAside()
    {
        for (var number = 8; number > 0; number--)
            if (File.Exists($"{Log}.{number}"))
                File.Move($"{Log}.{number}", $"{Log}.{number + 1}");
        File.Move(Log, Log + ".1");
    }

    private async Task<List<string>> Lines(int? last)
    {
        var lines = new List<string>();
        await foreach (var line in new LogFile(Log, TimeProvider.System).Lines(last, follow: false, CancellationToken.None))
            lines.Add(line);
        return lines;
    }

    private IAsyncEnumerator<string> Follow(int last) =>
        new LogFile(Log, TimeProvider.System).Lines(last, follow: true, CancellationToken.None).GetAsyncEnumerator();

    private static async Task<string> Next(IAsyncEnumerator<string> lines)
    {
        (await lines.MoveNextAsync().AsTask().WaitAsync(Deadline)).ShouldBeTrue();
        return lines.Current;
    }
}
