using Donmai.Core.Platform;

namespace Donmai.Core.Tests.Platform;

public sealed class Queueing_work_in_a_directory : IDisposable
{
    private readonly DirectoryInfo _disk = Directory.CreateTempSubdirectory("donmai-queue-");
    private readonly Donmai.Core.Tests.Daemon.ManualTime _time = new();

    private QueueDirectory Queue => new(_disk.FullName, _time);

    [Theory]
    [InlineData("file:///home/ana/.donmai/queue", "/home/ana/.donmai/queue")]
    [InlineData("https://platform.example", null)]
    [InlineData("file://server/share", null)]
    [InlineData("", null)]
    public void Only_the_url_of_a_directory_of_this_machine_is_one(string url, string? directory) => QueueDirectory.DirectoryOf(url).ShouldBe(directory);

    [Fact]
    public void Work_is_claimed_in_the_order_of_names_and_only_once()
    {
        foreach (var name in (string[])["b", "a", "c"])
            Write($"{name}.json", $$"""{"sessionId":"{{name}}","repository":"x"}""");
        Write("notes.txt", "none");

        Queue.Claim(2).ConvertAll(static work => work.Work.SessionId).ShouldBe(["a", "b"]);
        Queue.Claim(2).ConvertAll(static work => work.Work.SessionId).ShouldBe(["c"]);
        Queue.Claim(2).ShouldBeEmpty();
        Queue.Claimed().ConvertAll(static work => work.Name).ShouldBe(["a.json", "b.json", "c.json"]);
    }

    [Fact]
    public async Task Of_many_that_look_at_the_same_time_one_gets_an_item()
    {
        for (var i = 0; i < 50; i++)
            Write($"{i:00}.json", $$"""{"sessionId":"s{{i}}"}""");

        var claimed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Queue.Claim(50))));

        claimed.SelectMany(static works => works).Select(static work => work.Name).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, 50).Select(static i => $"{i:00}.json"));
    }

    [Fact]
    public void What_is_done_is_told_and_its_claim_is_over()
    {
        Write("a.json", """{"sessionId":"a"}""");
        var work = Queue.Claim(1)[0];

        Queue.Finish(work, "{}"u8.ToArray());

        Queue.Claimed().ShouldBeEmpty();
        File.ReadAllText(Path.Combine(_disk.FullName, "done", "a.json")).ShouldBe("{}");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(_disk.FullName, "done", "a.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void What_is_given_back_can_be_claimed_again()
    {
        Write("a.json", """{"sessionId":"a"}""");
        Queue.GiveBack(Queue.Claim(1)[0]);

        Queue.Claimed().ShouldBeEmpty();
        Queue.Claim(1).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_file_that_is_still_being_written_is_left_alone_and_one_that_never_was_whole_is_told_of()
    {
        Write("a.json", """{"sessionId":"a",""");
        Queue.Claim(1).ShouldBeEmpty();
        File.Exists(Path.Combine(_disk.FullName, "a.json")).ShouldBeTrue();

        File.SetLastWriteTimeUtc(Path.Combine(_disk.FullName, "a.json"), (_time.GetUtcNow() - TimeSpan.FromSeconds(6)).UtcDateTime);

        Queue.Claim(1).ShouldHaveSingleItem().Work.Problem.ShouldNotBeEmpty();
    }

    [Fact]
    public void Links_and_huge_files_are_no_work()
    {
        var elsewhere = Path.Combine(_disk.FullName, "secret");
        File.WriteAllText(elsewhere, "{}");
        File.CreateSymbolicLink(Path.Combine(_disk.FullName, "link.json"), elsewhere);
        File.WriteAllBytes(Path.Combine(_disk.FullName, "huge.json"), new byte[FetchedWork.LargestItem + 1]);
        File.SetLastWriteTimeUtc(Path.Combine(_disk.FullName, "huge.json"), DateTime.UnixEpoch);

        var claimed = Queue.Claim(10).ShouldHaveSingleItem();

        (claimed.Name, claimed.Work.Item).ShouldBe(("huge.json", null));
    }

    public void Dispose() => _disk.Delete(recursive: true);

    private void Write(string name, string text)
    {
        var path = Path.Combine(_disk.FullName, name);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime);
    }
}
