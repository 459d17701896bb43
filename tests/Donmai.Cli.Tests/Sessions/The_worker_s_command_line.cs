using Donmai.Cli.Sessions;
using Donmai.Worker;

namespace Donmai.Cli.Tests.Sessions;

/// <summary>worker.md §1.1.</summary>
public sealed class The_worker_s_command_line
{
    [Fact]
    public void Nothing_given_is_all_defaults() => Parse().ShouldBe(new WorkerOptions());

    [Fact]
    public void Every_flag_arrives() =>
        Parse(
            "--session-id", "s1", "--daemon-url", "http://127.0.0.1:1", "--worktree-dir", "/w", "--record-dir", "/r", "--detail-file", "/d.json",
            "--keep-worktree", "always", "--json=false")
        .ShouldBe(new WorkerOptions
        {
            SessionId = "s1",
            DaemonUrl = "http://127.0.0.1:1",
            WorktreeDirectory = "/w",
            RecordDirectory = "/r",
            DetailFile = "/d.json",
            KeepWorktree = WorktreeRetention.Always,
            PrintResult = false,
        });

    [Theory]
    [InlineData(WorktreeRetention.OnFailure, "--preserve-worktree")]
    [InlineData(WorktreeRetention.Never, "--preserve-worktree=false")]
    [InlineData(WorktreeRetention.Always, "--preserve-worktree=false", "--keep-worktree", "always")]
    [InlineData(WorktreeRetention.Never, "--keep-worktree", "never")]
    public void The_former_spelling_is_understood_and_the_new_one_wins(WorktreeRetention kept, params string[] flags) =>
        Parse(flags).KeepWorktree.ShouldBe(kept);

    [Fact]
    public void Positional_words_are_ignored() => Parse("--session-id", "s1", "what", "ever").SessionId.ShouldBe("s1");

    private static WorkerOptions Parse(params string[] flags)
    {
        var parsed = CommandLine.Build().Parse(["agent", "run", .. flags]);
        parsed.Errors.ShouldBeEmpty();
        return AgentRunCommand.Options(parsed);
    }
}
