using Donmai.Core.Daemon;
using Donmai.Core.Platform;
using Donmai.Core.Sessions.Logs;
using Donmai.Core.Tests.Sessions.Processes;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Tests.Sessions.Logs;

public sealed class Keeping_what_sessions_leave : IDisposable
{
    private static readonly DateTimeOffset Now = new(2031, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("donmai-retention-");
    private readonly LoggedLines _log = new();
    private readonly StateDirectory _state;

    public Keeping_what_sessions_leave()
    {
        _state = new StateDirectory(_root.FullName);
        Directory.CreateDirectory(_state.SessionLogs);
        Directory.CreateDirectory(_state.Records);
    }

    public void Dispose()
    {
        _log.Dispose();
        _root.Delete(recursive: true);
    }

    [Fact]
    public async Task Logs_go_by_age_but_never_those_of_live_sessions()
    {
        Log("old.log", days: 31);
        Log("old.log.2", days: 40);
        Log("young.log", days: 29);
        Log("young.log.1", days: 31);
        Log("acme%3Alive.log", days: 300);
        Log("no log at all.txt", days: 300);

        await Sweep(new SessionLogLimits(), "acme:live");

        Logs().ShouldBe(["acme%3Alive.log", "no log at all.txt", "young.log"]);
        _log.Lines.Select(static line => line.Text).ShouldBe(["Removed what ended sessions had left: 3 log files, 0 record directories, 0 unfinished work trees"]);
    }

    [Fact]
    public async Task Logs_go_oldest_first_until_they_fit()
    {
        Log("a.log", days: 5, bytes: 400);
        Log("b.log", days: 4, bytes: 400);
        Log("c.log", days: 3, bytes: 400);
        Log("live.log", days: 9, bytes: 400);

        await Sweep(new SessionLogLimits { TotalBytes = 1000 }, "live");

        Logs().ShouldBe(["c.log", "live.log"]);
    }

    [Fact]
    public async Task Records_go_by_age_and_number_but_the_newest_are_always_there()
    {
        for (var age = 1; age <= 8; age++)
            Record($"r{age}", days: age * 10);
        Record("live", days: 500);
        Record(".odd", days: 500);

        await Sweep(new SessionLogLimits { RecordsAlwaysKept = 4, Records = 6, Age = TimeSpan.FromDays(55) }, "live");

        Records().ShouldBe([".odd", "live", "r1", "r2", "r3", "r4", "r5"]);
        await Sweep(new SessionLogLimits { RecordsAlwaysKept = 1, Records = 3, Age = TimeSpan.FromDays(9999) }, "live");
        Records().ShouldBe([".odd", "live", "r1", "r2", "r3"]);
    }

    [Fact]
    public async Task A_record_in_which_something_waits_for_a_platform_is_not_removed()
    {
        var requests = new OutboxRequests("s", 1, "https://p.example", TimeProvider.System);
        foreach (var (name, isDone) in new[] { ("done", true), ("waiting", false), ("again~1", true), ("again~2", false) })
        {
            Record(name, days: 500);
            using (var file = OutboxFile.ForResults(Path.Combine(_state.Records, name, "outbox.jsonl"), TimeProvider.System))
            {
                var status = requests.Status(new SessionResult { Status = "completed" });
                file.TryAdd(status);
                if (isDone)
                    file.Done(status);
            }

            Directory.SetLastWriteTimeUtc(Path.Combine(_state.Records, name), Now.UtcDateTime.AddDays(-500));
        }

        await Sweep(new SessionLogLimits { RecordsAlwaysKept = 0 });

        Records().ShouldBe(["again~2", "waiting"]);
    }

    [Fact]
    public async Task Trees_that_a_worker_left_half_made_or_half_removed_go_unless_it_may_still_be_at_work()
    {
        const string Number = "0123456789abcdef0123456789abcdef";
        string[] abandoned = [$"gone.tmp-{Number}", $"gone-2.tmp-{Number}", $".trash-{Number}"];
        string[] kept =
        [
            $"live.tmp-{Number}", $"live-3.tmp-{Number}", $"held.tmp-{Number}", $"held-2.tmp-{Number}", "gone", "gone.kept-1779096600", "gone.tmp-1", ".trash-x", ".mirrors", ".records",
        ];
        foreach (var name in abandoned.Concat(kept))
            Directory.CreateDirectory(Path.Combine(_state.Worktrees, name, "node_modules"));
        File.WriteAllText(Path.Combine(_state.Worktrees, abandoned[0], "node_modules", "x"), "x");
        File.CreateSymbolicLink(Path.Combine(_state.Worktrees, abandoned[0], "link"), Path.Combine(_state.Worktrees, "gone"));
        Record("held", days: 0);
        string[] whole = [$"one.tmp-{Number}", $"two.tmp-{Number}"]; // trees of sessions that are called so
        Directory.CreateDirectory(Path.Combine(_state.Worktrees, whole[0]));
        Directory.CreateDirectory(Path.Combine(_state.Worktrees, whole[1]));
        Record(whole[1], days: 0);
        using var worker = new FileStream(Path.Combine(_state.Records, "held", "lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        await Sweep(new SessionLogLimits(), "live", whole[0]);

        Directory.GetDirectories(_state.Worktrees).Select(Path.GetFileName).ShouldBe([.. kept, .. whole], ignoreOrder: true);
        _log.Lines.Select(static line => line.Text).ShouldBe(["Removed what ended sessions had left: 0 log files, 0 record directories, 3 unfinished work trees"]);
    }

    [Fact]
    public async Task A_session_that_ended_only_lately_counts_from_its_end()
    {
        Record("long", days: 90);
        var process = Path.Combine(_state.Records, "long", "process");
        File.WriteAllText(process, "exit 0\n");
        File.SetLastWriteTimeUtc(process, Now.UtcDateTime.AddDays(-1));
        Directory.SetLastWriteTimeUtc(Path.Combine(_state.Records, "long"), Now.UtcDateTime.AddDays(-90));

        await Sweep(new SessionLogLimits { RecordsAlwaysKept = 0 });

        Records().ShouldBe(["long"]);
    }

    [Fact]
    public async Task Without_anything_there_is_nothing_to_do()
    {
        _root.Delete(recursive: true);
        await Sweep(new SessionLogLimits());
        _log.Lines.ShouldBeEmpty();
        _root.Create();
    }

    private Task Sweep(SessionLogLimits limits, params string[] live) =>
        new SessionRetention(_state, new SessionLogs(_state, limits), new StandingClock(), new Logger<SessionRetention>(_log))
            .Sweep(live.ToHashSet(StringComparer.Ordinal));

    private void Log(string name, int days, int bytes = 10)
    {
        var path = Path.Combine(_state.SessionLogs, name);
        File.WriteAllBytes(path, new byte[bytes]);
        File.SetLastWriteTimeUtc(path, Now.UtcDateTime.AddDays(-days));
    }

    private void Record(string name, int days)
    {
        var path = Directory.CreateDirectory(Path.Combine(_state.Records, name)).FullName;
        File.WriteAllText(Path.Combine(path, "stdout.log"), "x");
        Directory.SetLastWriteTimeUtc(path, Now.UtcDateTime.AddDays(-days));
    }

    private IEnumerable<string> Logs() => Directory.EnumerateFiles(_state.SessionLogs).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private IEnumerable<string> Records() => Directory.EnumerateDirectories(_state.Records).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
