using System.Net;
using Donmai.Daemon;
using Donmai.Sessions;

namespace Donmai.EndToEnd.Tests.Sessions;

/// <summary>Admission under load, with real processes.</summary>
public sealed class Many_sessions_at_once : IDisposable
{
    private const int Capacity = 8;
    private const int Submitted = 200;

    private readonly Installation _installation = new();

    public void Dispose() => _installation.Dispose();

    [Fact]
    [Trait("spec", "DR-30")]
    public async Task Two_hundred_submitted_at_once_never_exceed_the_capacity_and_none_is_lost()
    {
        var repository = GitRepository.Create(Path.Combine(_installation.Directory, "shop"), files: 3);
        _installation.Configure(Capacity, ("shop", repository.Path));
        var alive = Directory.CreateDirectory(Path.Combine(_installation.Directory, "alive")).FullName;
        var most = Path.Combine(_installation.Directory, "most");
        await using var daemon = await RunningDaemon.Start(
            _installation,
            "--worker-command",
            $": > {alive}/$DONMAI_SESSION_ID; ls {alive} | wc -l >> {most}; sleep 0.2; rm {alive}/$DONMAI_SESSION_ID");
        var descriptors = OpenDescriptors(daemon.Program.Pid);

        var answers = await Task.WhenAll(Enumerable.Range(0, Submitted)
            .Select(n => daemon.Submit(new() { SessionId = $"ses-{n:000}", Repository = "shop" })));

        var accepted = answers.Index().Where(static a => a.Item.Status == HttpStatusCode.Accepted).Select(static a => $"ses-{a.Index:000}").ToList();
        accepted.Count.ShouldBeGreaterThanOrEqualTo(Capacity);
        foreach (var (status, body) in answers.Where(static a => a.Status != HttpStatusCode.Accepted))
        {
            status.ShouldBe(HttpStatusCode.BadRequest);
            body.ShouldContain($"at capacity ({Capacity}/{Capacity} sessions)");
        }

        foreach (var id in accepted)
            (await daemon.Ended(id)).State.ShouldBe(SessionState.Completed, id);
        await RunningDaemon.Until(async () => (await daemon.Get<DaemonStatus>("/api/daemon/status")).ActiveSessions == 0, "all slots to be free");

        File.ReadAllLines(most).Max(static line => int.Parse(line, System.Globalization.CultureInfo.InvariantCulture)).ShouldBeLessThanOrEqualTo(Capacity);
        await RunningDaemon.Until(() => Task.FromResult(Zombies(daemon.Program.Pid).Count == 0), "every process to be asked how it ended");
        Directory.GetFiles(alive).ShouldBeEmpty();
        await RunningDaemon.Until(() => Task.FromResult(OpenDescriptors(daemon.Program.Pid) <= descriptors + 8), "files to be closed");
    }

    private static int OpenDescriptors(int pid) => Directory.GetFiles($"/proc/{pid}/fd").Length;

    private static List<string> Zombies(int parent) =>
        Directory.GetDirectories("/proc")
            .Where(static path => int.TryParse(Path.GetFileName(path), out _))
            .Select(static path => ReadStat(path))
            .Where(stat => stat is not null && stat.Split(") ")[1].StartsWith($"Z {parent} ", StringComparison.Ordinal))
            .Select(static stat => stat!)
            .ToList();

    private static string? ReadStat(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(path, "stat"));
        }
        catch (IOException)
        {
            return null; // it ended meanwhile
        }
    }
}
