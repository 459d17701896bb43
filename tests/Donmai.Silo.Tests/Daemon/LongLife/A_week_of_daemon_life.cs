using System.Globalization;
using System.Net;

namespace Donmai.Silo.Tests.Daemon.LongLife;

[Collection(Alone.Name)]
public sealed class A_week_of_daemon_life
{
    private const int Days = 7;
    private const int SessionsOfADay = 1800;
    private const int Quarters = 4;

    /// <summary>Sessions that a daemon knows of at most: 4096 that have ended (daemon-runtime.md §9.5), and those that have just ended.</summary>
    private const int KnownSessions = 4096 + 64 + (2 * LongLivedDaemon.Lanes);

    /// <summary>Of each its record and its routing decision; and pages of history, spawner, router and the like.</summary>
    private const int KnownStates = (2 * KnownSessions) + 64 + 16;

    /// <summary>Some 150 bytes for each session of four days; a key of the journal that stays behind takes as much.</summary>
    private const long Slack = 1024 * 1024;

    [LinuxFact]
    public async Task Memory_descriptors_and_files_stay_what_they_were()
    {
        await using var daemon = await LongLivedDaemon.Start();
        for (var day = 1; day <= 3; day++)
            await LiveADay(daemon, day);
        var before = await daemon.Rest(); // the history is full, and everything was done several times
        for (var day = 4; day <= Days; day++)
            await LiveADay(daemon, day);
        var after = await daemon.Rest();

        daemon.Sessions.ShouldBeGreaterThan(10_000);
        after.Descriptors.ShouldBeLessThanOrEqualTo(before.Descriptors);
        (after.HeapBytes - before.HeapBytes).ShouldBeLessThan(Slack);
        await daemon.HasRecords(KnownSessions);

        for (var times = 1; times <= 5; times++)
            await ComeBackTo(daemon);
        (await daemon.Rest()).Descriptors.ShouldBeLessThanOrEqualTo(before.Descriptors);
        await daemon.Leave();
        daemon.Stored().ShouldBeLessThan(KnownStates);
        await daemon.Resume();
    }

    [LinuxFact]
    public async Task Processes_leave_no_descriptor_behind()
    {
        await using var daemon = await LongLivedDaemon.Start(hasRealWorkers: true);
        await daemon.Work(100);
        var before = await daemon.Rest();

        await daemon.Work(300);

        (await daemon.Rest()).Descriptors.ShouldBeLessThanOrEqualTo(before.Descriptors);
    }

    private static async Task LiveADay(LongLivedDaemon daemon, int day)
    {
        for (var quarter = 1; quarter <= Quarters; quarter++)
        {
            await daemon.Work(SessionsOfADay / Quarters);
            daemon.Time.Advance(TimeSpan.FromHours(24 / Quarters));
        }

        await ChangeCapacity(daemon, day);
        await Pause(daemon);
        await Drain(daemon);
    }

    private static async Task ChangeCapacity(LongLivedDaemon daemon, int day)
    {
        var slots = (2 * LongLivedDaemon.Lanes) + day;
        await daemon.Post("capacity", $$"""{"key":"capacity.maxConcurrentSessions","value":"{{slots}}"}""");
        await daemon.Shows("maxSessions", slots.ToString(CultureInfo.InvariantCulture));
        daemon.WriteConfiguration(slots + 1);
        await daemon.Shows("maxSessions", (slots + 1).ToString(CultureInfo.InvariantCulture));
    }

    private static async Task Pause(LongLivedDaemon daemon)
    {
        await daemon.Post("pause");
        using (var refusal = await daemon.Accept("too-late"))
            refusal.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await daemon.Post("resume");
    }

    private static async Task Drain(LongLivedDaemon daemon)
    {
        var sessions = await Begin(daemon);
        await daemon.Post("drain", """{"then":"none"}""");
        await daemon.Shows("status", "draining");
        await End(daemon, sessions);
        await daemon.Shows("status", "ready");
    }

    /// <summary>The daemon goes and comes; some of its sessions end meanwhile, others later.</summary>
    private static async Task ComeBackTo(LongLivedDaemon daemon)
    {
        var sessions = await Begin(daemon);
        await daemon.Leave();
        await End(daemon, sessions[..4]);
        await daemon.Resume();
        await End(daemon, sessions[4..]);
        await daemon.Shows("activeSessions", "0");
    }

    private static Task<string[]> Begin(LongLivedDaemon daemon) => Task.WhenAll(Enumerable.Range(0, 8).Select(_ => daemon.Begin()));

    private static Task End(LongLivedDaemon daemon, IEnumerable<string> sessions) => Task.WhenAll(sessions.Select(daemon.End));
}
