using Donmai.Cli.Rendering;
using Donmai.Cli.Sessions;
using Donmai.Sessions;

namespace Donmai.Cli.Tests.Sessions;

public sealed class Summaries
{
    [Fact]
    public void A_completed_session_tells_result_cost_changes_and_where_to_look() =>
        Summary(Sample.Completed, "/src/shop").ShouldBe(
            """

            completed after 1 min 12 s
            Both files are edited.
            3 turns, $0.2143, 9.1 k tokens in, 250 out

            2 files changed, +10 -2, 1 commit
              +10 -2 src/a.txt
              binary logo.png

            session    s1
            branch     agent/s1
            work area  /state/workareas/wa-s1-9/tree
            To see the changes:
              git -C /state/workareas/wa-s1-9/tree diff 0123456789ab
            To take the branch over:
              git -C /src/shop fetch /state/workareas/wa-s1-9/tree agent/s1:agent/s1

            """);

    [Fact]
    public void A_failed_session_tells_why_and_where_its_logs_are() =>
        Summary(Sample.Failed, null).ShouldBe(
            """

            failed after 1 min 12 s
            outcome unknown

            session    s1
            work area  none kept
            logs       /state/worktrees/.records/s1

            """);

    [Fact]
    public void A_session_that_changed_nothing_says_so() =>
        Summary(Sample.Completed with { Result = Sample.Completed.Result! with { Changes = new() } }, "/src/shop")
            .ShouldSatisfyAllConditions(
                static text => text.ShouldContain("No files changed."),
                static text => text.ShouldNotContain("To see"));

    [Fact]
    public void Of_a_tree_that_is_not_kept_or_not_here_nothing_is_offered()
    {
        var gone = Sample.Completed with { ArchiveId = null, ArchivePath = null, WorktreePath = null };

        Summary(gone, "/src/shop").ShouldSatisfyAllConditions(
            static text => text.ShouldContain("work area  none kept\n"),
            static text => text.ShouldNotContain("To see"));
        Summary(gone with { WorktreePath = "/elsewhere/worktrees/s1" }, "/src/shop").ShouldNotContain("work area");
        Summary(gone with { EndedAt = null }, "/src/shop").ShouldNotContain("work area");
    }

    [Fact]
    public void What_is_not_committed_is_said_before_it_is_missed()
    {
        var changes = Sample.Completed.Result!.Changes! with { Uncommitted = 1 };

        var text = Summary(Sample.Completed with { Result = Sample.Completed.Result with { Changes = changes } }, "/src/shop");

        text.ShouldContain("2 files changed, +10 -2, 1 commit, 1 file not committed\n");
        text.ShouldContain("To take the branch over, without what is not committed:\n  git -C /src/shop fetch ");
    }

    [Fact]
    public void Many_files_are_counted_rather_than_listed()
    {
        var files = Enumerable.Range(1, 300).Select(static n => new FileChange { Path = $"f{n}", Insertions = 1 }).ToList();

        var text = Summary(Sample.Completed with { Result = Sample.Completed.Result! with { Changes = new() { Files = files, Commits = 2 } } }, null);

        text.ShouldContain("300 files changed, +300 -0, 2 commits");
        text.ShouldContain("and 280 more");
        text.Split('\n').Length.ShouldBeLessThan(40);
    }

    [Theory]
    [InlineData(SessionState.Completed, 0, 0)]
    [InlineData(SessionState.Failed, 1, 1)]
    [InlineData(SessionState.Failed, 2, 2)]
    [InlineData(SessionState.Failed, null, 1)]
    [InlineData(SessionState.Terminated, 5, 5)]
    [InlineData(SessionState.Terminated, null, 5)]
    public void The_exit_code_is_the_session_s(SessionState state, int? process, int exitCode) =>
        SessionStates.ExitCodeOf(new SessionInspection { State = state, ExitCode = process }).ShouldBe(exitCode);

    [Theory]
    [InlineData("/plain/path-1.2", "/plain/path-1.2")]
    [InlineData("/with space", "'/with space'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("", "''")]
    public void Commands_can_be_copied_into_a_shell(string word, string quoted) => Shell.Quote(word).ShouldBe(quoted);

    private static string Summary(SessionInspection session, string? repository)
    {
        var output = new StringWriter();
        RunSummary.WriteTo(new PlainScreen(output), session, repository);
        return output.ToString();
    }
}
