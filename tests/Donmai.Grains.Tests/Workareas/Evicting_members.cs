using Donmai.Grains.Tests.Machines;
using Donmai.Workareas;

namespace Donmai.Grains.Tests.Workareas;

public sealed class Evicting_members
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact, Trait("spec", "WA-30")]
    public async Task Old_members_of_the_repository_go_and_all_others_stay()
    {
        await using var machine = await PoolBed.WithPool(static current => current with
        {
            Projects = [current.Projects[0] with { Pool = 2 }, current.Projects[1]],
            Pool = current.Pool with { MaxAgeHours = 24 * 365 },
        });
        await machine.Accept("a", "billing");
        var billing = machine.Workshop.Tasks.Select(static task => task.MemberId).ToList();
        foreach (var id in billing)
            await machine.Workshop.Succeed(id);
        var shop = await machine.Seed("s", "shop");
        machine.Clock.Advance(Week + TimeSpan.FromHours(1));
        await machine.Accept("holder", "billing");
        var held = (await machine.Pool.Stats()).Members.Single(static member => member.AcquiredBy == "holder").Id;
        var free = billing.Single(id => id != held);

        var first = await machine.Evict("https://someone@GITHUB.com/acme/billing.git/", Week);
        (await machine.Member(free)).Status.ShouldBe("retired", "before the answer");
        var second = await machine.Evict("git@github.com:acme/billing", Week);

        (first.Evicted, first.Message).ShouldBe((1, "1 pool member scheduled for removal"));
        Guid.TryParse(first.CorrelationId, out _).ShouldBeTrue();
        machine.Log.Lines.Count(line => line.Contains(first.CorrelationId!, StringComparison.Ordinal)).ShouldBe(2, "the request, and its member");
        (second.Evicted, second.CorrelationId == first.CorrelationId).ShouldBe((0, false));
        (await machine.Member(held)).Status.ShouldBe("acquired");
        (await machine.Member(shop)).Status.ShouldBe("ready");
        (await machine.Evict(PoolBed.Shop, Week + TimeSpan.FromDays(1))).Evicted.ShouldBe(0, "it is younger");
        (await machine.Evict(PoolBed.Shop, Week)).Evicted.ShouldBe(1);
        await machine.Workshop.Succeed(free);
        (await machine.Pool.Stats()).Members.Select(static member => member.Id).ShouldNotContain(free);
    }

    [Fact, Trait("spec", "WA-30")]
    public async Task An_invalid_member_goes_too_and_one_that_is_being_made_does_not()
    {
        await using var machine = await PoolBed.WithPool();
        var id = await machine.Seed("a");
        machine.Clock.Advance(TimeSpan.FromHours(25));
        await machine.Pool.Tend();
        (await machine.Evict(PoolBed.Billing, TimeSpan.FromHours(1))).Evicted.ShouldBe(0, "it is warming");
        await machine.Workshop.Fail(id);

        (await machine.Member(id)).Status.ShouldBe("invalid");
        (await machine.Evict(PoolBed.Billing, TimeSpan.FromHours(1))).Evicted.ShouldBe(1);
    }

    [Fact]
    public async Task Age_has_to_be_exceeded_and_counts_from_the_last_use()
    {
        await using var machine = await PoolBed.WithPool(static current => current with { Pool = current.Pool with { MaxAgeHours = 1000 } });
        await machine.Seed("a");
        machine.Clock.Advance(TimeSpan.FromDays(3));
        await machine.Accept("b", "billing");
        await machine.Exit("b");
        if (machine.Workshop.Tasks.Last() is { Work: SeedWork.Check, MemberId: var id })
            await machine.Workshop.Succeed(id);

        (await machine.Evict(PoolBed.Billing, TimeSpan.FromDays(1))).Evicted.ShouldBe(0);
        (await machine.Pool.Evict(new PoolEviction { RepoUrl = PoolBed.Billing, OlderThanSeconds = long.MaxValue })).Evicted.ShouldBe(0);
        machine.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        (await machine.Evict(PoolBed.Billing, TimeSpan.FromDays(1))).Evicted.ShouldBe(1);
    }

    [Theory, Trait("spec", "WA-31")]
    [InlineData("", 1, "repoUrl is required")]
    [InlineData("  ", 1, "repoUrl is required")]
    [InlineData("github.com/acme/billing", 0, "olderThanSeconds must be > 0")]
    [InlineData("github.com/acme/billing", -5, "olderThanSeconds must be > 0")]
    public async Task What_is_missing_is_said(string repository, long age, string refusal)
    {
        await using var machine = await TestMachine.Booted();

        var refused = await Should.ThrowAsync<InvalidPoolEvictionException>(
            machine.Pool.Evict(new PoolEviction { RepoUrl = repository, OlderThanSeconds = age }));

        refused.Message.ShouldBe(refusal);
    }

    [Fact]
    public async Task A_disk_that_refuses_leaves_the_pool_as_it_was()
    {
        await using var machine = await PoolBed.WithPool();
        var id = await machine.Seed("a");
        machine.Clock.Advance(TimeSpan.FromHours(2));
        machine.Storage.Refuses = static name => name == "pool";

        var refused = await Should.ThrowAsync<PoolEvictionFailedException>(machine.Evict(PoolBed.Billing, TimeSpan.FromHours(1)));

        refused.Message.ShouldStartWith("evict failed: ");
        (await machine.Member(id)).Status.ShouldBe("ready");
    }

    [Fact, Trait("spec", "WA-32")]
    public async Task A_lower_limit_removes_what_was_used_least_recently_until_the_rest_fits()
    {
        await using var machine = await PoolBed.WithPool(static current => current with
        {
            Projects = [current.Projects[0] with { Pool = 4 }, current.Projects[1]],
        });
        var members = new List<string>();
        await machine.Accept("a", "billing");
        foreach (var task in machine.Workshop.Tasks)
        {
            await machine.Workshop.Succeed(task.MemberId, mebibytes: 600);
            members.Add(task.MemberId);
            machine.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await machine.Accept("b", "billing"); // the first one: by use it is the youngest
        await machine.Exit("b");
        if (machine.Workshop.Tasks.Last() is { Work: SeedWork.Check, MemberId: var given })
            await machine.Workshop.Succeed(given, mebibytes: 600);

        machine.Configure(static current => current with { PoolMaxDiskGb = 0 });
        await machine.Pool.Tend();
        (await machine.Pool.Stats()).ReadyMembers.ShouldBe(4, "0 is no limit");
        machine.Configure(static current => current with { PoolMaxDiskGb = 2 });
        await machine.Pool.Tend();

        (await Ready(machine)).ShouldBe([members[0], members[2], members[3]]);
        machine.Log.Lines.ShouldContain(static line => line.Contains("capacity.poolMaxDiskGb allows", StringComparison.Ordinal));
        machine.Configure(static current => current with { PoolMaxDiskGb = 1 });
        await machine.Pool.Tend();
        (await Ready(machine)).ShouldBe([members[0]]);
    }

    [Fact, Trait("spec", "WA-32")]
    public async Task What_sessions_hold_stays_and_goes_when_it_is_given_back()
    {
        await using var machine = await PoolBed.WithPool();
        var id = await machine.Seed("a", mebibytes: 1500);
        await machine.Accept("b", "billing");
        machine.Configure(static current => current with { PoolMaxDiskGb = 1 });
        await machine.Pool.Tend();
        (await machine.Member(id)).Status.ShouldBe("acquired");

        await machine.Exit("b");

        (await machine.Member(id)).Status.ShouldBe("retired");
    }

    [Fact]
    public async Task A_pool_that_is_nearly_full_makes_no_new_members()
    {
        await using var machine = await PoolBed.WithPool(static current => current with { PoolMaxDiskGb = 1 });
        await machine.Seed("a", mebibytes: 950);

        await machine.Accept("s", "shop");

        (await machine.PathOf("s")).ShouldBe(AcquirePath.Cold);
        (await machine.Pool.Stats()).TotalMembers.ShouldBe(1);
        machine.Log.Lines.Count(static line => line.Contains("capacity.poolMaxDiskGb allows", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_repository_that_is_larger_than_the_limit_takes_no_other_s_place_and_is_not_cloned_again_and_again()
    {
        await using var machine = await PoolBed.WithPool(static current => current with { PoolMaxDiskGb = 1 });
        var small = await machine.Seed("s", "shop");
        var large = await machine.Seed("a", mebibytes: 1500);
        ((await machine.Member(large)).Status, (await machine.Member(small)).Status).ShouldBe(("retired", "ready"));
        await machine.Workshop.Succeed(large);

        await machine.Accept("b", "billing");
        (await machine.PathOf("b")).ShouldBe(AcquirePath.Cold);
        machine.Configure(static current => current with { PoolMaxDiskGb = 2 });
        await machine.Accept("c", "billing");
        (await machine.PathOf("c")).ShouldBe(AcquirePath.PoolFresh, "there is room now");
    }

    private static async Task<List<string>> Ready(TestMachine machine) =>
        [.. (await machine.Pool.Stats()).Members.Where(static member => member.Status == "ready").Select(static member => member.Id)];
}
