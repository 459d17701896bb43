using Donmai.Cli.Sessions;

namespace Donmai.Cli.Tests.Sessions;

/// <summary>What needs no parser is read as the parser would.</summary>
public sealed class The_worker_s_quick_start
{
    [Theory]
    [InlineData]
    [InlineData("--session-id", "s1")]
    [InlineData("--keep-worktree", "always", "--record-dir", "/r", "--worktree-dir", "/w")]
    [InlineData("--session-id", "s1", "--daemon-url", "http://127.0.0.1:1", "--worktree-dir", "/w x", "--record-dir", "/r")]
    public void A_daemon_s_command_line_means_what_the_parser_says(params string[] words)
    {
        var parsed = CommandLine.Build().Parse(["agent", "run", .. words]);
        parsed.Errors.ShouldBeEmpty();
        QuickAgentRun.Read(words).ShouldBe(AgentRunCommand.Options(parsed));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--session-id")]
    [InlineData("--session-id", "")]
    [InlineData("--session-id", "--json")]
    [InlineData("--session-id", "@file")]
    [InlineData("--session-id", "s1", "--session-id", "s2")]
    [InlineData("--session-id=s1", "s2")]
    [InlineData("--keep-worktree", "never")]
    [InlineData("--json", "false")]
    [InlineData("what", "ever")]
    public void Anything_else_is_the_parser_s(params string[] words) => QuickAgentRun.Read(words).ShouldBeNull();
}
