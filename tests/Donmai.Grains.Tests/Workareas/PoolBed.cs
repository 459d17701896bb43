using Donmai.Core.Daemon;
using Donmai.Grains.Tests.Machines;
using Donmai.Sessions;
using Donmai.Workareas;

namespace Donmai.Grains.Tests.Workareas;

/// <summary>A machine that keeps members of the pool, and what tests ask of it.</summary>
internal static class PoolBed
{
    public const string Billing = "github.com/acme/billing";
    public const string Shop = "github.com/acme/shop";

    /// <summary>A machine with two projects that keeps one member of each repository.</summary>
    public static async Task<TestMachine> WithPool(Func<DaemonConfiguration, DaemonConfiguration>? change = null)
    {
        var machine = await TestMachine.Running();
        machine.Configure(static current => current with
        {
            MaxConcurrentSessions = 20,
            Pool = new PoolConfiguration { Warm = 1 },
            Projects =
            [
                new ProjectConfiguration { Id = "billing", Repository = Billing },
                new ProjectConfiguration { Id = "shop", Repository = "git@GitHub.com:acme/shop.git" },
            ],
        });
        if (change is not null)
            machine.Configure(change);
        return machine;
    }

    public static Task<SessionHandle> Accept(this TestMachine machine, string sessionId, string project) =>
        machine.Spawner.Accept(new SessionSpec { SessionId = sessionId, Repository = project });

    /// <summary>Runs a session, and makes the member that it asked for.</summary>
    public static async Task<string> Seed(this TestMachine machine, string sessionId, string project = "billing", int mebibytes = 1)
    {
        await machine.Accept(sessionId, project);
        await machine.Exit(sessionId);
        var member = machine.Workshop.Tasks.Last();
        member.Work.ShouldBe(SeedWork.Make);
        await machine.Workshop.Succeed(member.MemberId, mebibytes: mebibytes);
        return member.MemberId;
    }

    public static async Task<PoolMember> Member(this TestMachine machine, string id) => (await machine.Pool.Stats()).Members.Single(member => member.Id == id);

    public static async Task<string?> PathOf(this TestMachine machine, string sessionId) => (await machine.Session(sessionId).Inspect()).AcquirePath;

    /// <summary>Evicts what is older.</summary>
    public static Task<PoolEvictionAnswer> Evict(this TestMachine machine, string repository, TimeSpan age) =>
        machine.Pool.Evict(new PoolEviction { RepoUrl = repository, OlderThanSeconds = (long)age.TotalSeconds });
}
