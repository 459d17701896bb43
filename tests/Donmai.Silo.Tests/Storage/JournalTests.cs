using Donmai.Silo.Storage;
using static Donmai.Silo.Tests.Storage.JournalDirectory;

namespace Donmai.Silo.Tests.Storage;

public sealed class JournalTests : IDisposable
{
    private readonly JournalDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_was_written_is_there_after_a_restart_and_what_was_cleared_is_not()
    {
        using (var journal = _directory.Open())
        {
            var first = await journal.Write(Key(1), "one", 0);
            await journal.Write(Key(1), "uno", first);
            var second = await journal.Write(Key(2), "two", 0);
            await journal.ClearAsync(Key(2), second);
            await journal.Write(Key(3), "", 0);
        }

        using var again = _directory.Open();
        (await again.Texts(Key(1), Key(2), Key(3), Key(4))).ShouldBe(new Dictionary<JournalKey, string> { [Key(1)] = "uno", [Key(3)] = "" }, ignoreOrder: true);
        again.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_write_that_is_based_on_an_old_version_is_refused_and_changes_nothing()
    {
        using var journal = _directory.Open();
        var first = await journal.Write(Key(1), "one", 0);
        var second = await journal.Write(Key(1), "two", first);

        var refused = await Should.ThrowAsync<JournalVersionException>(() => journal.Write(Key(1), "three", first));
        refused.Current.ShouldBe(second);
        refused.Expected.ShouldBe(first);
        await Should.ThrowAsync<JournalVersionException>(() => journal.Write(Key(1), "three", 0));
        await Should.ThrowAsync<JournalVersionException>(() => journal.ClearAsync(Key(1), first));
        await Should.ThrowAsync<JournalVersionException>(() => journal.Write(Key(2), "three", 7));

        (await journal.Text(Key(1))).ShouldBe("two");
        (await journal.Text(Key(2))).ShouldBeNull();
    }

    [Fact]
    public async Task A_version_is_never_given_twice_even_after_a_clear_a_restart_and_a_snapshot()
    {
        long cleared;
        using (var journal = _directory.Open())
        {
            cleared = await journal.Write(Key(1), "one", 0);
            await journal.ClearAsync(Key(1), cleared);
        }

        using (var journal = _directory.Open())
        {
            var version = await journal.Write(Key(1), "two", 0);
            version.ShouldBeGreaterThan(cleared);
            await Should.ThrowAsync<JournalVersionException>(() => journal.Write(Key(1), "three", cleared));
        }
    }

    [Fact]
    public async Task Of_many_writes_based_on_the_same_version_exactly_one_succeeds()
    {
        using var journal = _directory.Open();
        var start = await journal.Write(Key(1), "start", 0);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(async number =>
        {
            try
            {
                return await journal.Write(Key(1), $"{number}", start);
            }
            catch (JournalVersionException)
            {
                return 0;
            }
        }));

        outcomes.Count(version => version > 0).ShouldBe(1);
    }

    [Fact]
    public void Only_the_owner_may_read_the_directory_and_its_files()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var journal = _directory.Open();

        File.GetUnixFileMode(_directory.Path)
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var path in Directory.EnumerateFiles(_directory.Path))
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, path);
    }

    [Fact]
    public async Task A_second_opener_is_refused_in_one_sentence_until_the_first_has_closed()
    {
        using (var first = _directory.Open())
        {
            await first.Write(Key(1), "one", 0);
            var refused = Should.Throw<JournalInUseException>(() => _directory.Open());
            refused.Message.ShouldBe(
                $"The journal in {_directory.Path} is in use by process {Environment.ProcessId}. Stop that process, or use another state directory.");
            refused.Directory.ShouldBe(_directory.Path);
            await first.Write(Key(2), "two", 0);
        }

        using var second = _directory.Open();
        second.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Closing_ends_what_was_submitted_and_refuses_what_comes_later()
    {
        var journal = _directory.Open();
        var submitted = Enumerable.Range(0, 100).Select(number => journal.Write(Key(number), "value", 0)).ToList();
        journal.Dispose();
        journal.Dispose();

        await Task.WhenAll(submitted).WaitAsync(TimeSpan.FromSeconds(10));
        await Should.ThrowAsync<ObjectDisposedException>(() => journal.Write(Key(1), "late", 0));
        using var again = _directory.Open();
        again.Count.ShouldBe(100);
    }

    [Fact]
    public async Task A_value_of_megabytes_survives()
    {
        var text = new string('x', 3_000_000);
        using (var journal = _directory.Open())
        {
            await journal.Write(Key(1), text, 0);
            await journal.Write(Key(2), "after", 0);
        }

        using var again = _directory.Open();
        (await again.Text(Key(1))).ShouldBe(text);
        (await again.Text(Key(2))).ShouldBe("after");
    }

    [Fact]
    public async Task A_value_whose_writing_fails_leaves_nothing()
    {
        using var journal = _directory.Open();
        await Should.ThrowAsync<InvalidOperationException>(async () =>
            await journal.WriteAsync(Key(1), 0, _ => throw new InvalidOperationException("no")));
        (await journal.Text(Key(1))).ShouldBeNull();
        (await journal.Write(Key(1), "one", 0)).ShouldBe(1);
    }
}
