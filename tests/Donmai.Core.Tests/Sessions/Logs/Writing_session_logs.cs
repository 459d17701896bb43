using System.Globalization;
using Donmai.Core.Sessions;
using Donmai.Core.Sessions.Logs;
using Donmai.Core.Sessions.Processes;
using Donmai.Core.Tests.Sessions.Processes;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Tests.Sessions.Logs;

public sealed class Writing_session_logs
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    [Trait("spec", "DR-37")]
    [Trait("spec", "DR-38")]
    public async Task Every_line_is_in_the_log_with_time_and_stream_before_the_end_is_reported()
    {
        await using var bed = new ProcessBed();
        string? logged = null;
        bed.Exits.Before = _ => logged = File.ReadAllText(bed.Logs.PathOf("s"));

        bed.Start("s", "echo one; echo; echo two >&2; printf 'last without line feed'");
        await bed.Exits.Of("s");

        var lines = logged.ShouldNotBeNull().TrimEnd('\n').Split('\n');
        lines.Select(static line => line[25..]).ShouldBe(["stdout one", "stdout ", "stderr two", "stdout last without line feed"], ignoreOrder: true);
        foreach (var line in lines)
            DateTimeOffset.ParseExact(line[..24], "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                .ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task The_log_is_its_owner_s_and_named_after_the_session_alone()
    {
        await using var bed = new ProcessBed();

        bed.Start("acme:fix.log.1", "echo one");
        await bed.Exits.Of("acme:fix.log.1");

        var path = Path.Combine(bed.State.Root, "logs", "sessions", "acme%3Afix.log.1.log");
        File.GetUnixFileMode(path).ShouldBe(OwnerOnly);
        File.GetUnixFileMode(Path.GetDirectoryName(path)!).ShouldBe(OwnerOnly | UnixFileMode.UserExecute);
        bed.Logs.All().Single().SessionId.ShouldBe("acme:fix.log.1");
    }

    [Fact]
    [Trait("spec", "DR-36")]
    public async Task Known_secrets_are_in_neither_log()
    {
        await using var bed = new ProcessBed();
        var launch = bed.Shell("s", $"echo key $ACME_API_KEY, {ProcessBed.AuthToken}, rsp_live_0123456789abcdef, $DONMAI_SESSION_ID");
        bed.Processes.Start(launch with
        {
            Environment = new Dictionary<string, string>(launch.Environment) { ["ACME_API_KEY"] = "grape-juice-42", ["PIN_TOKEN"] = "1" },
        });
        await bed.Exits.Of("s");

        File.ReadAllText(bed.Logs.PathOf("s")).ShouldEndWith(" stdout key [hidden], [hidden], [hidden], s\n");
        bed.Log.Lines.Select(static line => line.Text).ShouldContain("[child stdout sessionID=s] key [hidden], [hidden], [hidden], s");
    }

    [Fact]
    public async Task A_secret_of_the_session_is_hidden_by_the_next_daemon_too()
    {
        await using var bed = new ProcessBed();
        var launch = bed.Shell("s", $"until [ -e {bed.Root}/go ]; do sleep 0.02; done; echo key $ACME_API_KEY");
        var identity = bed.Processes.Start(launch with
        {
            Environment = new Dictionary<string, string>(launch.Environment) { ["ACME_API_KEY"] = "grape-juice-42" },
        });
        await bed.Processes.DisposeAsync();

        var exits = new ReportedExits();
        bed.AnotherDaemon(exits).Find("s", launch.RecordPath, identity).ShouldBeOfType<ProcessFinding.Alive>();
        await File.WriteAllTextAsync($"{bed.Root}/go", "");
        await exits.Of("s");

        File.ReadAllText(bed.Logs.PathOf("s")).ShouldEndWith(" stdout key [hidden]\n");
    }

    [Fact]
    public async Task A_full_file_is_continued_in_a_new_one_and_the_oldest_is_dropped()
    {
        var limits = new SessionLogLimits { FileBytes = 200 * 1024, Files = 3 };
        await using var bed = new ProcessBed(limits: limits);

        bed.Start("s", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo line $i of many; done");
        await bed.Exits.Of("s");

        var parts = bed.Logs.Parts("s").ToList();
        parts.Select(Path.GetFileName).ShouldBe(["s.log.2", "s.log.1", "s.log"]);
        parts.ShouldAllBe(path => new FileInfo(path).Length <= limits.FileBytes);
        var numbers = parts.SelectMany(File.ReadAllLines).Select(static line => int.Parse(line.Split(' ')[3], CultureInfo.InvariantCulture)).ToList();
        numbers[^1].ShouldBe(20_000);
        numbers[0].ShouldBeGreaterThan(1);
        numbers.ShouldBe(Enumerable.Range(numbers[0], 20_001 - numbers[0]));
    }

    [Fact]
    public async Task A_session_of_the_same_id_begins_a_log_of_its_own()
    {
        await using var bed = new ProcessBed();
        bed.Start("s", "echo former");
        await bed.Exits.Of("s");
        Directory.Delete(bed.RecordPath("s"), recursive: true);

        var exits = new ReportedExits();
        bed.AnotherDaemon(exits).Start(bed.Shell("s", "echo present"));
        await exits.Of("s");

        File.ReadAllText(bed.Logs.PathOf("s")).ShouldEndWith("present\n");
        File.ReadAllText(bed.Logs.PathOf("s")).ShouldNotContain("former");
        File.ReadAllText(bed.Logs.PathOf("s") + ".1").ShouldEndWith("former\n");
    }

    [Fact]
    [Trait("spec", "DR-38")]
    public async Task The_next_daemon_goes_on_without_a_line_too_few_or_twice()
    {
        await using var bed = new ProcessBed();
        var identity = bed.Start("s", $"i=0; until [ -e {bed.Root}/go ]; do i=$((i+1)); echo $i; echo $i >&2; sleep 0.002; done; echo end");
        await ProcessBed.Until(() => File.Exists(bed.Logs.PathOf("s")) && new FileInfo(bed.Logs.PathOf("s")).Length > 500, "nothing was logged");
        await bed.Processes.DisposeAsync();
        await File.AppendAllTextAsync(bed.Logs.PathOf("s"), "what a daemon wrote that was killed before it took note of it");

        var exits = new ReportedExits();
        bed.AnotherDaemon(exits).Find("s", bed.RecordPath("s"), identity).ShouldBeOfType<ProcessFinding.Alive>();
        await File.WriteAllTextAsync($"{bed.Root}/go", "");
        await exits.Of("s");

        ShouldBeComplete(bed);
    }

    [Fact]
    [Trait("spec", "DR-38")]
    public async Task What_was_printed_while_no_daemon_ran_is_logged_by_the_next()
    {
        await using var bed = new ProcessBed();
        var identity = bed.Start("s", $"i=0; until [ -e {bed.Root}/go ]; do i=$((i+1)); echo $i; echo $i >&2; sleep 0.002; done; echo end", supervised: true);
        await ProcessBed.Until(() => File.Exists(bed.Logs.PathOf("s")) && new FileInfo(bed.Logs.PathOf("s")).Length > 500, "nothing was logged");
        await bed.Processes.DisposeAsync();
        await File.WriteAllTextAsync($"{bed.Root}/go", "");
        await ProcessBed.Until(() => !bed.IsAlive(identity.Pid), "the session did not end");

        var next = bed.AnotherDaemon(new ReportedExits());
        next.Find("s", bed.RecordPath("s"), identity).ShouldBeOfType<ProcessFinding.Ended>();
        next.Find("s", bed.RecordPath("s"), identity);

        ShouldBeComplete(bed);
    }

    [Fact]
    public async Task Of_endless_output_only_the_end_stays_on_the_disk_as_it_came()
    {
        if (!OperatingSystem.IsLinux())
            return; // other systems keep it all
        const int Lines = 60_000;
        const int LineLength = 100;
        await using var bed = new ProcessBed(limits: new SessionLogLimits { OutputBytes = 1024 * 1024 });

        bed.Start("s", $"yes $(printf '%099d' 7) | head -n {Lines}");
        await bed.Exits.Of("s");

        var raw = await File.ReadAllBytesAsync(Path.Combine(bed.RecordPath("s"), SessionRecordFiles.StandardOutput));
        raw.Length.ShouldBe(Lines * LineLength);
        var freed = Array.FindLastIndex(raw, static one => one == 0) + 1;
        freed.ShouldBeInRange(raw.Length - (2 * 1024 * 1024), raw.Length - (1024 * 1024));
        raw.AsSpan(0, freed).IndexOfAnyExcept((byte)0).ShouldBe(-1);
        File.ReadAllLines(bed.Logs.PathOf("s")).Count(static line => line.EndsWith("0007", StringComparison.Ordinal)).ShouldBe(Lines);
    }

    [Fact]
    public async Task What_was_freed_is_not_taken_for_output_when_the_position_was_lost()
    {
        if (!OperatingSystem.IsLinux())
            return; // other systems keep it all
        await using var bed = new ProcessBed(limits: new SessionLogLimits { OutputBytes = 1024 * 1024 });
        var identity = bed.Start("s", "yes $(printf '%099d' 7) | head -n 60000", supervised: true);
        await bed.Exits.Of("s");
        File.Delete(Path.Combine(bed.RecordPath("s"), SessionRecordFiles.OutputPosition));
        await bed.Processes.DisposeAsync();

        bed.AnotherDaemon(new ReportedExits()).Find("s", bed.RecordPath("s"), identity).ShouldBeOfType<ProcessFinding.Ended>();

        var log = File.ReadAllText(bed.Logs.PathOf("s"));
        log.ShouldNotContain('\0');
        log.ShouldContain("0007\n");
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_holds_nobody_up_and_is_told_once()
    {
        await using var bed = new ProcessBed();
        Directory.CreateDirectory(bed.State.Root);
        await File.WriteAllTextAsync(Path.Combine(bed.State.Root, "logs"), "no directory");

        bed.Start("s", "echo one; sleep 0.6; echo two");
        await bed.Exits.Of("s");

        bed.Log.Lines.Count(static line => line.Level == LogLevel.Warning && line.Text.StartsWith("The log of session s cannot be written: ", StringComparison.Ordinal)).ShouldBe(1);
        bed.Log.Lines.Select(static line => line.Text).ShouldContain("[child stdout sessionID=s] two");
    }

    [Fact]
    public async Task Lines_that_could_not_be_written_are_counted_where_the_log_goes_on()
    {
        await using var bed = new ProcessBed();
        Directory.CreateDirectory(bed.State.Root);
        await File.WriteAllTextAsync(Path.Combine(bed.State.Root, "logs"), "no directory");
        bed.Start("s", $"echo one; echo two; until [ -e {bed.Root}/go ]; do sleep 0.02; done; echo three");
        await ProcessBed.Until(() => bed.Log.Lines.Any(static line => line.Text.EndsWith(" two", StringComparison.Ordinal)), "nothing was logged");

        File.Delete(Path.Combine(bed.State.Root, "logs"));
        await File.WriteAllTextAsync($"{bed.Root}/go", "");
        await bed.Exits.Of("s");

        var lines = File.ReadAllLines(bed.Logs.PathOf("s"));
        lines[0][25..].ShouldStartWith("stderr (2 lines could not be written here: ");
        lines[1][25..].ShouldBe("stdout three");
    }

    [Fact]
    [Trait("spec", "DR-38")]
    public async Task Reading_to_the_end_is_given_up_after_ten_seconds()
    {
        await using var bed = new ProcessBed();
        bed.Shell("s", "");
        await File.WriteAllTextAsync(Path.Join(bed.RecordPath("s"), SessionRecordFiles.StandardOutput), new string('x', 1024 * 1024));
        var output = SessionOutput.Begin("s", bed.RecordPath("s"), bed.Logs.Open("s"), new SecretRedactor(), TimeProvider.System);
        using var follower = new OutputFollower(new LeapingClock(TimeSpan.FromSeconds(4)), new Logger<OutputFollower>(bed.Log));

        follower.Drain(output);

        bed.Log.Lines.Count(static line => line.Text.Contains("(part ", StringComparison.Ordinal)).ShouldBe(3);
        bed.Log.Lines.ShouldContain(static line => line.Text.StartsWith("The output of session s was more than could be read in time", StringComparison.Ordinal));
    }

    private static void ShouldBeComplete(ProcessBed bed)
    {
        var lines = File.ReadAllLines(bed.Logs.PathOf("s")).Select(static line => line[25..]).ToList();
        var printed = File.ReadAllLines(Path.Join(bed.RecordPath("s"), SessionRecordFiles.StandardOutput));
        printed.Length.ShouldBeGreaterThan(20);
        lines.Where(static line => line.StartsWith("stdout ", StringComparison.Ordinal)).ShouldBe(printed.Select(static line => "stdout " + line));
        lines.Where(static line => line.StartsWith("stderr ", StringComparison.Ordinal)).ShouldBe(printed[..^1].Select(static line => "stderr " + line));
    }

    /// <summary>A clock that has gone on by a step whenever it is looked at.</summary>
    private sealed class LeapingClock(TimeSpan step) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += step.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
