using System.Collections.Concurrent;
using Donmai.Core.Git;
using Donmai.Workareas;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Workareas.Pool;

/// <summary>Work on the pool's members in the background. Ends what it is doing when it is disposed of; a later daemon begins it anew.</summary>
internal sealed partial class SeedWorkshop(SeedMaker maker, PoolPlaces places, ISeedNews news, TimeProvider clock, ILogger<SeedWorkshop> log)
    : ISeedWorkshop, IAsyncDisposable
{
    /// <summary>Longest time git may take for one member.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(30);

    /// <summary>Repositories whose members are worked on at the same time.</summary>
    private const int Parallel = 4;

    private readonly ConcurrentDictionary<string, SeedJob> _atWork = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _room = new(Parallel);
    private readonly CancellationTokenSource _closing = new();

    /// <inheritdoc/>
    public void Begin(SeedTask task)
    {
        if (_closing.IsCancellationRequested)
            return;
        var job = new SeedJob(task.Number);
        if (_atWork.AddOrUpdate(task.MemberId, job, (_, former) => former.IsBeingTold ? job : former) == job)
            _ = Task.Run(() => Work(task, job)); // observes its own failure
    }

    /// <inheritdoc/>
    public bool IsAtWork(string memberId) => _atWork.ContainsKey(memberId);

    /// <inheritdoc/>
    public Task<bool> IsDamaged(int number) => Task.Run(() => maker.IsDamaged(number));

    /// <inheritdoc/>
    public Task Sweep(IReadOnlySet<int> known) => Task.Run(() =>
    {
        foreach (var (path, number) in places.Everything().ToList())
        {
            if (number is { } member && (_atWork.Values.Any(job => job.Number == member) || (known.Contains(member) && path == places.Of(member))))
                continue;
            SeedRemoval.Delete(path);
            LogSwept(Path.GetFileName(path));
        }
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
            return;
        await _closing.CancelAsync();
        await Task.WhenAll(_atWork.Values.Select(static job => job.Done.Task));
        _closing.Dispose();
    }

    private async Task Work(SeedTask task, SeedJob job)
    {
        SeedReport? report = null;
        try
        {
            await Task.Delay(task.After, clock, _closing.Token);
            report = await InTurn(task);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            LogGivenUp(task.MemberId);
        }
        catch (Exception failure)
        {
            report = new SeedReport { MemberId = task.MemberId, Work = task.Work, Failure = failure.Message, Damaged = failure is SeedDamagedException };
        }

        job.IsBeingTold = true;
        job.Done.TrySetResult(); // a daemon that ends does not wait for its own grains
        if (report is not null)
            await Tell(task, report);
        _atWork.TryRemove(KeyValuePair.Create(task.MemberId, job));
    }

    private async Task<SeedReport> InTurn(SeedTask task)
    {
        var turn = _turns.GetOrAdd(task.Repository, static _ => new SemaphoreSlim(1));
        await turn.WaitAsync(_closing.Token);
        try
        {
            await _room.WaitAsync(_closing.Token);
            try
            {
                return new SeedReport { MemberId = task.MemberId, Work = task.Work, Finding = await Do(task) };
            }
            finally
            {
                _room.Release();
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<SeedFinding?> Do(SeedTask task)
    {
        using var bound = new CancellationTokenSource(Bound, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, bound.Token);
        try
        {
            switch (task.Work)
            {
                case SeedWork.Make:
                    return await maker.Make(task, ending.Token);
                case SeedWork.Check:
                    return await maker.Check(task, ending.Token);
                default:
                    SeedRemoval.Remove(places.Of(task.Number));
                    return null;
            }
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested)
        {
            throw new GitFailureException(GitFailureClass.Network, $"git did not end within {Bound.TotalMinutes:0} min");
        }
    }

    private async Task Tell(SeedTask task, SeedReport report)
    {
        try
        {
            await news.Tell(task.Machine, report);
        }
        catch (Exception failure)
        {
            LogNotTold(failure, task.MemberId); // found again when the pool is tended
        }
    }
}
