using Donmai.Workareas;

namespace Donmai.Grains.Tests.Workareas;

public sealed class A_pool_that_survives
{
    [Fact, Trait("spec", "WA-29")]
    public async Task Members_survive_a_killed_daemon_and_half_made_ones_are_dropped()
    {
        await using var machine = await PoolBed.WithPool();
        var id = await machine.Seed("a");
        await machine.Accept("holder", "billing");
        await machine.Accept("s", "shop");
        var before = await machine.Pool.Stats();
        (before.TotalMembers, before.AcquiredMembers, before.WarmingMembers, before.ReadyMembers, before.InvalidMembers).ShouldBe((2, 1, 1, 0, 0));
        before.TotalDiskUsageMb.ShouldBe(before.Members.Sum(static member => member.DiskUsageMb));

        await machine.Restart();
        await machine.Pool.Tend();

        var member = (await machine.Pool.Stats()).Members.ShouldHaveSingleItem();
        (member.Id, member.Status, member.AcquiredBy).ShouldBe((id, "acquired", "holder"));
        machine.Workshop.Sweeps.Last().ShouldBe("1", "what else is on the disk belongs to nobody");
        await machine.Accept("b", "billing");
        (await machine.PathOf("b")).ShouldBe(AcquirePath.PoolWarm);
        await machine.Exit("b");
        await machine.Exit("holder");
        (await machine.Member(id)).AcquiredBy.ShouldBeNull();
    }

    [Fact]
    public async Task What_was_begun_is_brought_to_its_end_by_the_next_daemon()
    {
        await using var machine = await PoolBed.WithPool();
        var gone = await machine.Seed("a");
        machine.Clock.Advance(TimeSpan.FromHours(1));
        await machine.Evict(PoolBed.Billing, TimeSpan.FromMinutes(1));
        var releasing = await machine.Seed("s", "shop");
        machine.Clock.Advance(TimeSpan.FromMinutes(2));
        await machine.Accept("s2", "shop");
        await machine.Exit("s2");
        (await machine.Member(releasing)).Status.ShouldBe("releasing");

        await machine.Restart();
        await machine.Pool.Tend();

        machine.Workshop.IsAtWork(gone).ShouldBeTrue();
        await machine.Workshop.Succeed(gone);
        await machine.Workshop.Succeed(releasing);
        var left = (await machine.Pool.Stats()).Members.ShouldHaveSingleItem();
        (left.Id, left.Status).ShouldBe((releasing, "ready"));
    }

    [Fact]
    public async Task What_was_not_heard_is_done_again_and_what_is_heard_twice_changes_nothing()
    {
        await using var machine = await PoolBed.WithPool();
        await machine.Pool.Tend();
        await machine.Accept("a", "billing");
        var id = machine.Workshop.Tasks.Single().MemberId;
        machine.Workshop.Lose(id);

        await machine.Pool.Tend();
        await machine.Workshop.Succeed(id);

        await machine.Accept("b", "billing");
        await machine.Pool.Report(new SeedReport { MemberId = id, Work = SeedWork.Check, Finding = new SeedFinding { CleanStateChecksum = "c1" } });
        var member = await machine.Member(id);
        (member.Status, member.AcquiredBy).ShouldBe(("acquired", "b"));
    }

    [Fact]
    public async Task What_a_session_holds_that_is_no_more_is_given_back()
    {
        await using var machine = await PoolBed.WithPool();
        var id = await machine.Seed("a");
        await machine.Pool.Acquire(new WorkareaRequest { SessionId = "ghost", Repository = "billing", ProjectId = "billing", CloneSource = $"https://{PoolBed.Billing}.git", Checkout = new() });
        (await machine.Member(id)).AcquiredBy.ShouldBe("ghost");

        await machine.Pool.Tend();

        (await machine.Member(id)).Status.ShouldBe("ready");
    }

    [Fact]
    public async Task A_session_that_asks_again_gets_the_same_member()
    {
        await using var machine = await PoolBed.WithPool(static current => current with { Projects = [current.Projects[0] with { Pool = 2 }] });
        await machine.Accept("a", "billing");
        foreach (var task in machine.Workshop.Tasks)
            await machine.Workshop.Succeed(task.MemberId);
        var request = new WorkareaRequest { SessionId = "b", ProjectId = "billing", CloneSource = $"https://{PoolBed.Billing}.git", Checkout = new() };

        var first = await machine.Pool.Acquire(request);
        var again = await machine.Pool.Acquire(request);

        again.Seed!.MemberId.ShouldBe(first.Seed!.MemberId);
        (await machine.Pool.Stats()).AcquiredMembers.ShouldBe(1);
    }

    [Fact]
    public async Task Many_sessions_at_once_leave_the_pool_in_order()
    {
        await using var machine = await PoolBed.WithPool(static current => current with { Projects = [current.Projects[0] with { Pool = 3 }] });
        await machine.Seed("first");
        foreach (var task in machine.Workshop.Tasks.Where(task => machine.Workshop.IsAtWork(task.MemberId)).ToList())
            await machine.Workshop.Succeed(task.MemberId);
        var sessions = Enumerable.Range(0, 16).Select(static number => $"s{number:00}").ToList();

        await Task.WhenAll(sessions.Select(session => machine.Accept(session, "billing")));
        (await machine.Pool.Stats()).AcquiredMembers.ShouldBe(3);
        foreach (var session in sessions)
            (await machine.PathOf(session)).ShouldBe(AcquirePath.PoolWarm);
        await Task.WhenAll(sessions.Select(session => machine.Exit(session)));

        var pool = await machine.Pool.Stats();
        (pool.TotalMembers, pool.ReadyMembers, pool.AcquiredMembers).ShouldBe((3, 3, 0));
    }
}
