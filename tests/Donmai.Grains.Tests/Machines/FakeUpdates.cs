using System.Collections.Concurrent;
using System.Threading.Channels;
using Donmai.Core.Daemon.Updates;
using Donmai.Daemon;

namespace Donmai.Grains.Tests.Machines;

/// <summary>Updates that do what a test says.</summary>
internal sealed class FakeUpdates : ISelfUpdate
{
    public static readonly UpdateOutcome Nothing = new() { Version = "1.2.3", Reason = "already-up-to-date" };

    public static readonly UpdateOutcome Applied = new() { Updated = true, Version = "1.3.0", Reason = "update-applied" };

    private readonly Channel<DateTimeOffset> _begun = Channel.CreateUnbounded<DateTimeOffset>();
    private readonly TestClock _clock;

    public FakeUpdates(TestClock clock) => _clock = clock;

    public bool IsPossible { get; set; } = true;

    /// <summary>What an update does; by default there is nothing to install.</summary>
    public Func<Func<CancellationToken, Task>, CancellationToken, Task<UpdateOutcome>> Doing { get; set; } = static (_, _) => Task.FromResult(Nothing);

    /// <summary>When updates were begun.</summary>
    public ConcurrentQueue<DateTimeOffset> Begun { get; } = new();

    public async Task<UpdateOutcome> Run(Func<CancellationToken, Task> drain, CancellationToken cancellationToken)
    {
        Begun.Enqueue(_clock.GetUtcNow());
        _begun.Writer.TryWrite(_clock.GetUtcNow());
        return await Doing(drain, cancellationToken) with { FinishedAt = _clock.GetUtcNow() };
    }

    /// <summary>Waits for the beginning of one more update.</summary>
    public Task Begin() => _begun.Reader.ReadAsync().AsTask().InTime();
}
