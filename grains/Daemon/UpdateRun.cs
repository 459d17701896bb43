using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Updates;
using Donmai.Daemon;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Daemon;

/// <summary>
/// The update that is under way, if there is one: it takes minutes, so no grain's turn waits for it. What came of it is told to the grains.
/// </summary>
internal sealed partial class UpdateRun(
    IGrainFactory grains, ISelfUpdate update, ProgramIdentity program, TimeProvider clock, ILogger<UpdateRun> logger) : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Whether one is under way.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate)
                return !_running.IsCompleted;
        }
    }

    /// <summary>Begins one.</summary>
    /// <param name="machine">Whose daemon is updated.</param>
    /// <returns>Whether it was begun; not while one is under way.</returns>
    public bool TryStart(string machine)
    {
        lock (_gate)
        {
            if (!_running.IsCompleted)
                return false;
            _running = Task.Run(() => Run(machine));
            return true;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAny(_running, Task.Delay(StopLimit, TimeProvider.System)); // it does not fail, and must not hold up the stop
        _stopping.Dispose();
    }

    /// <summary>Never fails: nobody waits for it.</summary>
    private async Task Run(string machine)
    {
        var isBegun = false;
        UpdateOutcome outcome;
        try
        {
            outcome = await update.Run(Drain, _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            GivenUp();
            return;
        }
        catch (Exception failure)
        {
            Failed(failure);
            outcome = new UpdateOutcome { Version = program.Version, Reason = $"update-failed: {failure.Message}", FinishedAt = clock.GetUtcNow() };
        }

        await Tell(() => grains.Updates(machine).Finished(outcome), outcome); // before the program may end
        if (isBegun)
            await Tell(() => grains.Daemon(machine).EndUpdate(outcome.Updated), outcome);

        async Task Drain(CancellationToken cancellationToken)
        {
            isBegun = true;
            try
            {
                await grains.Daemon(machine).BeginUpdate().WaitAsync(cancellationToken);
            }
            catch (DaemonActionRefusedException)
            {
                isBegun = false; // it stops; there is nothing to go back to
                throw;
            }
        }
    }

    private async Task Tell(Func<Task> tell, UpdateOutcome outcome)
    {
        try
        {
            await tell();
        }
        catch (Exception failure)
        {
            NotTold(failure, outcome.Reason);
        }
    }
}
