using System.Security.Cryptography;
using Donmai.Daemon;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon.Updates;

/// <inheritdoc cref="ISelfUpdate"/>
internal sealed partial class SelfUpdate(
    ReleaseChoice choice,
    ReleaseFeed feed,
    IArtifactVerifier verifier,
    IInstalledProgram installed,
    ProgramTrial trial,
    UpdateRecord record,
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
    }

    private async Task<UpdateOutcome> Carry(
        ReleasePlan plan, Func<CancellationToken, Task> drain, CancellationToken preparing, CancellationToken cancellationToken)
    {
        var download = Path.Combine(Path.GetDirectoryName(installed.Location)!, $".donmai-update-{Guid.NewGuid():N}");
        try
        {
            Fetching(plan.Version, plan.Address);
            await Download(plan, download, preparing);
            var trust = await Check(plan, download, preparing);
            Verified(plan.Version, trust, program.Version);
            using var staged = Stage(download, preparing);
            await Try(staged, plan, preparing);
            await Drain(drain, cancellationToken);
            Install(staged, plan);
            return Outcome(UpdateReason.Applied, plan.Version);
        }
        finally
        {
            Remove(download);
        }
    }

    private async Task Download(ReleasePlan plan, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, Private());
            await feed.Program(plan.Address, file, cancellationToken);
            file.Flush(flushToDisk: true);
        }
        catch (Exception failure) when (failure is ReleaseSourceException || IsOfTheDisk(failure))
        {
            throw new UpdateFailedException(UpdateReason.DownloadFailed, failure.Message, failure);
        }
    }

    /// <summary>The file is what the manifest says, and somebody trusted has signed it; in this order.</summary>
    private async Task<string> Check(ReleasePlan plan, string path, CancellationToken cancellationToken)
    {
        var hash = await Hash(path, cancellationToken);
        if (!string.Equals(hash, plan.Sha256, StringComparison.OrdinalIgnoreCase))
            throw new UpdateFailedException(UpdateReason.HashFailed, $"the file has the SHA-256 {hash}, the manifest says {plan.Sha256}");
        var signature = await Signature(plan, cancellationToken);
        var verdict = await Verify(hash, signature, cancellationToken);
        return verdict.IsValid ? verdict.Reason : throw new UpdateFailedException(UpdateReason.SignatureRejected, verdict.Reason);
    }

    private static async Task<string> Hash(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        }
        catch (Exception failure) when (IsOfTheDisk(failure))
        {
            throw new UpdateFailedException(UpdateReason.HashFailed, failure.Message, failure);
        }
    }

    private async Task<string> Signature(ReleasePlan plan, CancellationToken cancellationToken)
    {
        try
        {
            return await feed.Signature(ReleaseAddresses.Signature(plan.Address), cancellationToken);
        }
        catch (ReleaseSourceException failure)
        {
            throw new UpdateFailedException(UpdateReason.SignatureDownloadFailed, failure.Message, failure);
        }
    }

    /// <summary>A verifier that fails has not verified anything, whatever its failure is.</summary>
    private async Task<ArtifactVerdict> Verify(string hash, string signature, CancellationToken cancellationToken)
    {
        try
        {
            return await verifier.Verify(hash, signature, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new UpdateFailedException(UpdateReason.SignatureRejected, $"the signature could not be checked: {failure.Message}", failure);
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

    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
