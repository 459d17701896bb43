using Donmai.Daemon;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon.Updates;

/// <inheritdoc cref="ISelfUpdate"/>
internal sealed partial class SelfUpdate(
    ReleaseChoice choice,
    ReleaseDelivery delivery,
    IInstalledProgram installed,
    ProgramTrial trial,
    UpdateRecord record,
    UpdateProgress progress,
    ProgramIdentity program,
    IDaemonConfiguration configuration,
    TimeProvider clock,
    ILogger<SelfUpdate> logger) : ISelfUpdate
{
    // Of everything but the drain (control-api.md §4.5).
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public bool IsPossible => VersionOrder.IsRelease(program.Version) && configuration.Current.Update.Url is not null;

    public async Task<UpdateOutcome> Run(Func<CancellationToken, Task> drain, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            progress.Enter(UpdateProgress.Checking);
            return await choice.Choose(configuration.Current.Update, either.Token) is { } plan
                ? await Carry(plan, drain, either.Token, cancellationToken)
                : Outcome(UpdateReason.UpToDate);
        }
        catch (UpdateFailedException failure)
        {
            Failed(failure.InnerException, failure.Message);
            return Outcome(failure.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var reason = $"{UpdateReason.DownloadFailed}: the update was not ready within {Limit.TotalMinutes} min";
            Failed(failure: null, reason);
            return Outcome(reason);
        }
        finally
        {
            progress.Leave();
        }
    }

    /// <param name="plan">What is to be installed.</param>
    /// <param name="drain">Waits for the sessions.</param>
    /// <param name="preparing">Ends with the time of everything before the drain.</param>
    /// <param name="cancellationToken">Gives the update up.</param>
    private async Task<UpdateOutcome> Carry(
        ReleasePlan plan, Func<CancellationToken, Task> drain, CancellationToken preparing, CancellationToken cancellationToken)
    {
        var download = Path.Combine(Path.GetDirectoryName(installed.Location)!, $".donmai-update-{Guid.NewGuid():N}");
        try
        {
            Fetching(plan.Version, plan.Address);
            var trust = await delivery.Deliver(plan, download, preparing);
            Verified(plan.Version, trust, program.Version);
            using var staged = Stage(download, preparing);
            await Try(staged, plan, preparing);
            progress.Enter(UpdateProgress.Draining, plan.Version);
            await Drain(drain, cancellationToken);
            progress.Enter(UpdateProgress.Installing, plan.Version);
            Install(staged, plan);
            return Outcome(UpdateReason.Applied, plan.Version);
        }
        finally
        {
            Remove(download);
        }
    }

    private StagedProgram Stage(string download, CancellationToken cancellationToken)
    {
        try
        {
            return installed.Stage(download, cancellationToken);
        }
        catch (Exception failure) when (IsOfTheDisk(failure))
        {
            throw new UpdateFailedException(UpdateReason.SwapFailed, failure.Message, failure);
        }
    }

    private async Task Try(StagedProgram staged, ReleasePlan plan, CancellationToken cancellationToken)
    {
        try
        {
            await trial.Run(staged, plan.Version, cancellationToken);
        }
        catch (IOException failure)
        {
            throw new UpdateFailedException(UpdateReason.SwapFailed, failure.Message, failure);
        }
    }

    /// <summary>Sessions that cannot be drained are a reason not to restart, whatever it is.</summary>
    private static async Task Drain(Func<CancellationToken, Task> drain, CancellationToken cancellationToken)
    {
        try
        {
            await drain(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new UpdateFailedException(UpdateReason.SwapFailed, $"the sessions could not be drained: {failure.Message}", failure);
        }
    }

    private void Install(StagedProgram staged, ReleasePlan plan)
    {
        try
        {
            record.NoteInstalling(plan.Version, program.Version);
            installed.Install(staged, plan.Version);
            Installed(plan.Version, program.Version, installed.Location);
        }
        catch (Exception failure) when (IsOfTheDisk(failure))
        {
            throw new UpdateFailedException(UpdateReason.SwapFailed, failure.Message, failure);
        }
    }

    private void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (IsOfTheDisk(failure))
        {
            NotRemoved(path, failure.Message);
        }
    }

    private UpdateOutcome Outcome(string reason, string? installedVersion = null) => new()
    {
        Updated = installedVersion is not null,
        Version = installedVersion ?? program.Version,
        Reason = reason,
        FinishedAt = clock.GetUtcNow(),
    };

    private static bool IsOfTheDisk(Exception failure) => failure is IOException or UnauthorizedAccessException;
}
