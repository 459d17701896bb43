using Donmai.Core.Daemon;
using Donmai.Grains.Tests.Machines;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Workareas;

public sealed class Keeping_trees_by_the_policy
{
    [Theory]
    [InlineData(ArchiveConfiguration.Always, 0, 0, true)]
    [InlineData(ArchiveConfiguration.Always, 7, null, true)]
    [InlineData(ArchiveConfiguration.OnChange, 0, 0, false)]
    [InlineData(ArchiveConfiguration.OnChange, 7, 0, false)]
    [InlineData(ArchiveConfiguration.OnChange, 0, 1, true)]
    [InlineData(ArchiveConfiguration.OnChange, 7, null, true)]
    [InlineData(ArchiveConfiguration.OnFailure, 0, 1, false)]
    [InlineData(ArchiveConfiguration.OnFailure, 7, 0, true)]
    [InlineData(ArchiveConfiguration.Never, 7, 1, false)]
    public async Task A_session_s_tree_is_archived_or_removed_and_its_inspection_says_which(string policy, int code, int? changedFiles, bool kept)
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(current => current with { Archiving = new ArchiveConfiguration { Policy = policy } });
        await machine.Accept("a");
        var tree = Path.Combine(machine.State.Worktrees, "a");
        Directory.CreateDirectory(Path.Combine(tree, "src"));

        await machine.Processes.End("a", Exit(machine, code, changedFiles));

        var inspection = await machine.Session("a").Inspect();
        inspection.State.ShouldBe(code == 0 ? SessionState.Completed : SessionState.Failed);
        inspection.WorktreePath.ShouldBeNull();
        (inspection.ArchiveId is not null, inspection.ArchivePath is not null, machine.Archives.Made.Count).ShouldBe((kept, kept, kept ? 1 : 0));
        Directory.Exists(tree).ShouldBe(kept, "these archives leave the tree alone; a tree that is not kept is gone");
        (await machine.Spawner.Live()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_that_was_stopped_did_not_complete()
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(static current => current with { Archiving = new ArchiveConfiguration { Policy = ArchiveConfiguration.OnFailure } });
        await machine.Accept("a");
        await machine.Session("a").Stop(new SessionStopRequest());

        await machine.Exit("a");

        machine.Archives.Orders.ShouldHaveSingleItem().Order.Disposition.ShouldBe("operator-cancelled");
    }

    [Fact]
    public async Task The_policy_that_counts_is_the_one_in_force_when_a_session_ends()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        machine.Configure(static current => current with { Archiving = new ArchiveConfiguration { Policy = ArchiveConfiguration.Never } });
        await machine.Exit("a");
        machine.Archives.Made.ShouldBeEmpty();

        await machine.Accept("b");
        machine.Configure(static current => current with { Archiving = new ArchiveConfiguration() });
        await machine.Exit("b");

        machine.Archives.Made.ShouldHaveSingleItem();
    }

    private static ProcessExit Exit(TestMachine machine, int code, int? changedFiles) => new()
    {
        ExitCode = code,
        EndedAt = machine.Clock.GetUtcNow(),
        Record = changedFiles is not { } count ? null : new WorkerExitRecord
        {
            SessionId = "a",
            ExitCode = code,
            Result = new SessionResult
            {
                Status = code == 0 ? "completed" : "failed",
                Changes = new WorkChanges { Files = [.. Enumerable.Range(0, count).Select(static number => new FileChange { Path = $"f{number}" })] },
            },
        },
    };
}
