using Donmai.Grains.Tests.Machines;
using Donmai.Workareas;

namespace Donmai.Grains.Tests.Workareas;

public sealed class Keeping_a_pool
{
    [Fact, Trait("spec", "WA-28")]
    public async Task Without_a_pool_nothing_is_there_and_sessions_are_cold()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");

        var pool = await machine.Pool.Stats();

        (pool.Members.Count, pool.TotalMembers, pool.ReadyMembers, pool.TotalDiskUsageMb, pool.Error).ShouldBe((0, 0, 0, 0, null));
        (await machine.PathOf("a")).ShouldBe(AcquirePath.Cold);
        machine.Workshop.Tasks.ShouldBeEmpty();
        machine.Storage.Has("pool", TestMachine.Name).ShouldBeFalse();
    }

    [Fact]
    public async Task The_first_session_is_cloned_and_the_next_made_from_a_member()
    {
        await using var machine = await PoolBed.WithPool();
        await machine.Accept("a", "billing");
        (await machine.PathOf("a")).ShouldBe(AcquirePath.PoolFresh);
        (await machine.Session("a").Detail()).SeedPath.ShouldBeNull();
        var making = machine.Workshop.Tasks.ShouldHaveSingleItem();
        (making.Repository, making.CloneSource, making.Work).ShouldBe((PoolBed.Billing, "https://github.com/acme/billing.git", SeedWork.Make));
        (await machine.Member(making.MemberId)).Status.ShouldBe("warming");

        await machine.Accept("b", "billing");
        (await machine.PathOf("b")).ShouldBe(AcquirePath.Cold, "it is being made already");
        await machine.Workshop.Succeed(making.MemberId);
        await machine.Accept("c", "billing");

        (await machine.PathOf("c")).ShouldBe(AcquirePath.PoolWarm);
        (await machine.Session("c").Detail()).SeedPath.ShouldBe(Path.Combine(machine.State.Pool, "1"));
        var member = await machine.Member(making.MemberId);
        (member.Status, member.AcquiredBy, member.Repository, member.Ref, member.ToolchainKey, member.CleanStateChecksum)
            .ShouldBe(("acquired", "c", PoolBed.Billing, "3f1c9e2", "go-1.23+node-20", "c1"));
        var workarea = await machine.Grains.GetGrain<IWorkareaGrain>($"{TestMachine.Name}/c").Inspect();
        (workarea.Mode, workarea.AcquirePath, workarea.CleanStateChecksum, workarea.OwnerSession).ShouldBe(("exclusive", AcquirePath.PoolWarm, "c1", "c"));
        workarea.Toolchain!["go"].ShouldBe("1.23");
    }

    [Fact]
    public async Task A_member_is_read_by_several_sessions_and_free_when_the_last_has_ended()
    {
        await using var machine = await PoolBed.WithPool();
        var id = await machine.Seed("a");
        await machine.Accept("b", "billing");
        await machine.Accept("c", "billing");
        (await machine.PathOf("c")).ShouldBe(AcquirePath.PoolWarm);

        await machine.Exit("b");
        (await machine.Member(id)).AcquiredBy.ShouldBe("c");
        await machine.Exit("c");

        var member = await machine.Member(id);
        (member.Status, member.AcquiredBy).ShouldBe(("ready", null));
        member.LastAcquiredAt.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(ReleaseMode.Destroy)]
    [InlineData(ReleaseMode.ReturnToPool)]
    [InlineData(ReleaseMode.Pause)]
    [InlineData(ReleaseMode.Archive)]
    public async Task Giving_back_can_be_repeated_in_every_mode(string mode)
    {
        await using var machine = await PoolBed.WithPool();
        var id = await machine.Seed("a");
        await machine.Accept("b", "billing");
        var tree = Directory.CreateDirectory(Path.Combine(machine.State.Worktrees, "b"));
        var returning = new WorkareaReturn { SessionId = "b", EndedAt = machine.Clock.GetUtcNow(), Mode = mode };

        var first = await machine.Pool.Return(returning);
        var second = await machine.Pool.Return(returning);

        second.ShouldBe(first);
        (await machine.Member(id)).Status.ShouldBe("ready");
        tree.Refresh();
        tree.Exists.ShouldBe(mode == ReleaseMode.Archive, "the fake archives leave it");
        (first.ArchiveId.Length > 0).ShouldBe(mode == ReleaseMode.Archive);
        machine.Log.Lines.Any(static line => line.Contains("cannot be paused", StringComparison.Ordinal)).ShouldBe(mode == ReleaseMode.Pause);
    }

    [Fact]
    public async Task Projects_say_how_many_members_they_want()
    {
        await using var machine = await PoolBed.WithPool(static current => current with
        {
            Projects = [current.Projects[0] with { Pool = 3 }, current.Projects[1] with { Pool = 0 }],
        });

        await machine.Accept("a", "billing");
        await machine.Accept("b", "shop");

        machine.Workshop.Tasks.Count.ShouldBe(3);
        machine.Workshop.Tasks.ShouldAllBe(static task => task.Repository == PoolBed.Billing);
        (await machine.PathOf("b")).ShouldBe(AcquirePath.Cold);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(null)]
    public async Task Members_that_are_wanted_no_more_are_removed(int? wanted)
    {
        await using var machine = await PoolBed.WithPool(static current => current with { Projects = [current.Projects[0] with { Pool = 3 }, current.Projects[1]] });
        await machine.Accept("a", "billing");
        foreach (var task in machine.Workshop.Tasks)
            await machine.Workshop.Succeed(task.MemberId);
        await machine.Accept("b", "billing");

        machine.Configure(current => current with { Projects = [.. wanted is null ? [] : new[] { current.Projects[0] with { Pool = wanted } }, current.Projects[1]] });
        await machine.Pool.Tend();

        var members = (await machine.Pool.Stats()).Members;
        members.Single(static member => member.Status != "retired").AcquiredBy.ShouldBe("b", "what is held stays");
        await machine.Exit("b");
        await machine.Pool.Tend();
        (await machine.Pool.Stats()).ReadyMembers.ShouldBe(wanted ?? 0);
    }

    [Fact]
    public async Task A_change_of_lock_files_has_a_member_made_anew()
    {
        await using var machine = await PoolBed.WithPool();
        var id = await machine.Seed("a");
        await machine.Accept("b", "billing");
        machine.Clock.Advance(TimeSpan.FromMinutes(2));
        await machine.Exit("b");
        (await machine.Member(id)).Status.ShouldBe("releasing");

        await machine.Workshop.Succeed(id, checksum: "c2");

        var remaking = machine.Workshop.Tasks.Last();
        (remaking.MemberId, remaking.Work).ShouldBe((id, SeedWork.Make));
        (await machine.Member(id)).Status.ShouldBe("warming");
        await machine.Workshop.Succeed(id, checksum: "c2");
        var member = await machine.Member(id);
        (member.Status, member.CleanStateChecksum).ShouldBe(("ready", "c2"));
    }

    [Fact]
    public async Task An_old_member_is_made_anew_and_one_nobody_wants_removed()
    {
        await using var machine = await PoolBed.WithPool();
        var id = await machine.Seed("a");
        machine.Clock.Advance(TimeSpan.FromHours(25));
        await machine.Pool.Tend();
        (machine.Workshop.Tasks.Last().Work, (await machine.Member(id)).Status).ShouldBe((SeedWork.Make, "warming"));

        await machine.Workshop.Fail(id);
        (await machine.Member(id)).Status.ShouldBe("invalid");
        machine.Clock.Advance(TimeSpan.FromDays(8));
        await machine.Pool.Tend();

        (machine.Workshop.Tasks.Last().Work, (await machine.Member(id)).Status).ShouldBe((SeedWork.Remove, "retired"));
        await machine.Workshop.Succeed(id);
        (await machine.Pool.Stats()).Members.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_member_is_removed_and_the_next_session_has_another_made()
    {
        await using var machine = await PoolBed.WithPool();
        var id = await machine.Seed("a");
        await machine.Accept("b", "billing");
        machine.Workshop.Damaged[1] = true;

        await machine.Exit("b");

        (await machine.Member(id)).Status.ShouldBe("retired");
        await machine.Accept("c", "billing");
        (await machine.PathOf("c")).ShouldBe(AcquirePath.PoolFresh);
        machine.Workshop.Tasks.Last().Number.ShouldBe(2);
    }

    [Fact]
    public async Task A_repository_that_cannot_be_cloned_is_left_alone_for_a_while()
    {
        await using var machine = await PoolBed.WithPool();
        await machine.Accept("a", "billing");
        await machine.Workshop.Fail(machine.Workshop.Tasks.Single().MemberId);

        await machine.Accept("b", "billing");
        (await machine.PathOf("b"), machine.Workshop.Tasks.Count).ShouldBe((AcquirePath.Cold, 1));
        machine.Clock.Advance(TimeSpan.FromMinutes(11));
        await machine.Accept("c", "billing");

        (await machine.PathOf("c")).ShouldBe(AcquirePath.PoolFresh);
    }

    [Fact]
    public async Task A_session_that_cannot_be_started_holds_nothing()
    {
        await using var machine = await PoolBed.WithPool();
        var id = await machine.Seed("a");
        machine.Processes.Refusal = "no such program";

        await Should.ThrowAsync<Donmai.Sessions.SessionRefusedException>(machine.Accept("b", "billing"));

        (await machine.Member(id)).Status.ShouldBe("ready");
    }
}
