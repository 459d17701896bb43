using System.Collections.Concurrent;
using System.Globalization;
using Donmai.Core.Workareas.Pool;
using Donmai.Workareas;

namespace Donmai.Grains.Tests.Machines;

/// <summary>A workshop that does what it is told to, when it is told to; its disk outlives the daemon.</summary>
internal sealed class FakeWorkshop : ISeedWorkshop
{
    private const long Mebibyte = 1024 * 1024;

    private readonly ConcurrentDictionary<string, SeedTask> _begun = new(StringComparer.Ordinal);

    /// <summary>Tells the daemon that lives now.</summary>
    public ISeedNews? News { get; set; }

    /// <summary>What was begun, in order.</summary>
    public ConcurrentQueue<SeedTask> Tasks { get; } = new();

    public ConcurrentDictionary<int, bool> Damaged { get; } = [];

    /// <summary>Numbers that were known when the disk was swept.</summary>
    public ConcurrentQueue<string> Sweeps { get; } = new();

    public void Begin(SeedTask task)
    {
        if (_begun.TryAdd(task.MemberId, task))
            Tasks.Enqueue(task);
    }

    public bool IsAtWork(string memberId) => _begun.ContainsKey(memberId);

    public Task<bool> IsDamaged(int number) => Task.FromResult(Damaged.ContainsKey(number));

    public Task Sweep(IReadOnlySet<int> known)
    {
        Sweeps.Enqueue(string.Join(',', known.Order().Select(static number => number.ToString(CultureInfo.InvariantCulture))));
        return Task.CompletedTask;
    }

    /// <summary>The daemon dies, and everything that it had begun.</summary>
    public void Die()
    {
        News = null;
        _begun.Clear();
    }

    /// <summary>Work on a member ends well.</summary>
    public Task Succeed(string memberId, string checksum = "c1", int mebibytes = 1) => End(memberId, task => new SeedReport
    {
        MemberId = memberId,
        Work = task.Work,
        Finding = task.Work is SeedWork.Remove ? null : new SeedFinding
        {
            Commit = "3f1c9e2aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            CleanStateChecksum = checksum,
            Toolchain = new(StringComparer.Ordinal) { ["go"] = "1.23", ["node"] = "20" },
            SizeBytes = mebibytes * Mebibyte,
        },
    });

    /// <summary>Work on a member ends, and nobody hears of it.</summary>
    public void Lose(string memberId) => _begun.TryRemove(memberId, out _).ShouldBeTrue($"nothing is being done to {memberId}");

    /// <summary>Work on a member fails.</summary>
    public Task Fail(string memberId, bool damaged = false) =>
        End(memberId, task => new SeedReport { MemberId = memberId, Work = task.Work, Failure = "the remote is away", Damaged = damaged });

    private Task End(string memberId, Func<SeedTask, SeedReport> report)
    {
        _begun.TryRemove(memberId, out var task).ShouldBeTrue($"nothing is being done to {memberId}");
        return News!.Tell(task!.Machine, report(task));
    }
}
