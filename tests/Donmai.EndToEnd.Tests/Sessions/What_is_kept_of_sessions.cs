using Donmai.Sessions;

namespace Donmai.EndToEnd.Tests.Sessions;

/// <summary><c>workarea.archive</c> through the built program, changed in <c>daemon.yaml</c> while it runs (workareas.md §7).</summary>
public sealed class What_is_kept_of_sessions : IDisposable
{
    private readonly Installation _installation = new();
    private readonly FakeClaude _claude;
    private readonly GitRepository _source;

    public What_is_kept_of_sessions()
    {
        _claude = new FakeClaude(_installation);
        _source = GitRepository.Create(Path.Combine(_installation.Directory, "source"), files: 30);
        _installation.Configure(4, ("shop", _source.Path));
    }

    private string Configuration => Path.Combine(_installation.State, "daemon.yaml");

    private string Archives => Path.Combine(_installation.State, "workareas");

    public void Dispose() => _installation.Dispose();

    [Fact]
    public async Task Each_policy_keeps_what_it_says_as_soon_as_it_is_written()
    {
        await using var daemon = await RunningDaemon.Start(_installation);
        (await Session(daemon, "always")).ArchiveId.ShouldNotBeNull();

        await Policy("on-change");
        (await Session(daemon, "changed")).ArchiveId.ShouldNotBeNull();
        _claude.AlsoRun(Nothing);
        await NotKept(daemon, "unchanged");

        await Policy("on-failure");
        await NotKept(daemon, "completed");
        _claude.AlsoRun("echo no credit >&2; exit 3");
        var failed = await Session(daemon, "failed");
        (failed.State, failed.ArchiveId is null).ShouldBe((SessionState.Failed, false));

        await Policy("never");
        await NotKept(daemon, "failed-too");
        var shown = await _installation.Run("session", "show", "failed-too", "--daemon-url", daemon.Address.ToString());
        shown.Output.ShouldMatch("work area +none kept\n");
        shown.Output.ShouldNotContain("archive ");
        Directory.GetDirectories(Archives).Length.ShouldBe(3);
        Directory.GetDirectories(Path.Combine(_installation.State, "worktrees")).Where(static path => !Path.GetFileName(path).StartsWith('.')).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_without_a_daemon_says_that_nothing_was_kept()
    {
        await File.AppendAllTextAsync(Configuration, "workarea: { archive: never }\n");

        var outcome = await _installation.Run("run", "--repo", _source.Path, "--provider", "claude", "--prompt", "Edit two files, please.");

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldContain("2 files changed");
        outcome.Output.ShouldMatch("work area +none kept\n");
        outcome.Output.ShouldNotContain("To see the changes");
        Directory.Exists(Archives).ShouldBeFalse();
    }

    /// <summary>The agent says that it is done, and changes nothing.</summary>
    private const string Nothing = """
        say '{"type":"system","subtype":"init","session_id":"c1","cwd":"'"$PWD"'","model":"m","tools":[]}'
        say '{"type":"assistant","message":{"id":"m1","content":[{"type":"text","text":"Nothing to do.\n\nWORK_RESULT:passed"}],"usage":{"input_tokens":1,"output_tokens":1}}}'
        say '{"type":"result","subtype":"success","is_error":false,"duration_ms":1,"num_turns":1,"result":"Nothing to do.","session_id":"c1","total_cost_usd":0.01,"usage":{"input_tokens":1,"output_tokens":1}}'
        exit 0
        """;

    private async Task NotKept(RunningDaemon daemon, string id)
    {
        var session = await Session(daemon, id);
        (session.ArchiveId, session.ArchivePath, session.WorktreePath).ShouldBe((null, null, null));
        Directory.Exists(Path.Combine(_installation.State, "worktrees", id)).ShouldBeFalse();
    }

    private async Task Policy(string policy)
    {
        var set = await _installation.Run("config", "set", "workarea.archive", policy);
        set.ExitCode.ShouldBe(0, set.ToString());
    }

    private static async Task<SessionInspection> Session(RunningDaemon daemon, string id)
    {
        var (status, body) = await daemon.Submit(new SessionSpec { SessionId = id, Repository = "shop", PromptContext = "Edit two files, please.", ResolvedProfile = new() { Provider = "claude" } });
        ((int)status).ShouldBe(202, body);
        return await daemon.Ended(id);
    }
}
