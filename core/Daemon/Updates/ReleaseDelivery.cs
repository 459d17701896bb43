using System.Security.Cryptography;

namespace Donmai.Core.Daemon.Updates;

/// <summary>Fetches a release and makes certain that it is what it should be: whole, as the manifest says, signed; in this order.</summary>
/// <param name="feed">Where it comes from.</param>
/// <param name="verifier">Who knows whom to trust.</param>
/// <param name="progress">Told how far it is.</param>
internal sealed class ReleaseDelivery(ReleaseFeed feed, IArtifactVerifier verifier, UpdateProgress progress)
{
    /// <summary>Puts a release into a new file.</summary>
    /// <returns>Why it may be installed.</returns>
    /// <exception cref="UpdateFailedException">It may not.</exception>
    public async Task<string> Deliver(ReleasePlan plan, string path, CancellationToken cancellationToken)
    {
        progress.Enter(UpdateProgress.Downloading, plan.Version);
        await Download(plan, path, cancellationToken);
        progress.Enter(UpdateProgress.Verifying, plan.Version);
        var hash = await Hash(path, cancellationToken);
        if (!string.Equals(hash, plan.Sha256, StringComparison.OrdinalIgnoreCase))
            throw new UpdateFailedException(UpdateReason.HashFailed, $"the file has the SHA-256 {hash}, the manifest says {plan.Sha256}");
        var signature = await Signature(plan, cancellationToken);
        var verdict = await Verify(hash, signature, cancellationToken);
        return verdict.IsValid ? verdict.Reason : throw new UpdateFailedException(UpdateReason.SignatureRejected, verdict.Reason);
    }

    private async Task Download(ReleasePlan plan, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, Private());
            await feed.Program(plan.Address, file, cancellationToken);
            file.Flush(flushToDisk: true);
        }
        catch (Exception failure) when (failure is ReleaseSourceException or IOException or UnauthorizedAccessException)
        {
            throw new UpdateFailedException(UpdateReason.DownloadFailed, failure.Message, failure);
        }
    }

    private static async Task<string> Hash(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
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
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new UpdateFailedException(UpdateReason.SignatureRejected, $"the signature could not be checked: {failure.Message}", failure);
        }
    }

    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
