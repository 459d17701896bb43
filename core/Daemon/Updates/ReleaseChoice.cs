using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon.Updates;

/// <summary>Decides whether there is something to install, and what (daemon-runtime.md §12.2, §12.7, §13).</summary>
/// <param name="feed">The releases.</param>
/// <param name="record">What was installed here before.</param>
/// <param name="installed">What is to be replaced.</param>
/// <param name="program">What runs.</param>
/// <param name="logger">Told why a newer version is left out.</param>
internal sealed partial class ReleaseChoice(
    ReleaseFeed feed, UpdateRecord record, IInstalledProgram installed, ProgramIdentity program, ILogger<ReleaseChoice> logger)
{
    private const int HashLength = 64;

    /// <summary>Chooses.</summary>
    /// <returns>What is to be installed; <see langword="null"/> when there is nothing.</returns>
    /// <exception cref="UpdateFailedException">It cannot be found out, or could not be installed.</exception>
    public async Task<ReleasePlan?> Choose(UpdateConfiguration configuration, CancellationToken cancellationToken)
    {
        if (!VersionOrder.IsRelease(program.Version))
            throw Failure($"this program is \"{program.Version}\", not a release, and is never updated");
        if (configuration.Url is not { Scheme: "http" or "https" } source)
            throw Failure("no update source configured: set autoUpdate.url in daemon.yaml to an http or https address");
        var addresses = new ReleaseAddresses(source, configuration.Channel);
        try
        {
            return await (configuration.Pin is { Length: > 0 } pin ? Pinned(addresses, pin, cancellationToken) : Newest(addresses, cancellationToken)) is { } manifest
                ? Plan(addresses, manifest)
                : null;
        }
        catch (ReleaseSourceException failure)
        {
            throw new UpdateFailedException(UpdateReason.VersionCheckFailed, failure.Message, failure);
        }
    }

    private async Task<ReleaseManifest?> Newest(ReleaseAddresses addresses, CancellationToken cancellationToken)
    {
        var newest = await feed.Manifest(addresses.Latest, cancellationToken);
        return VersionOrder.IsNewer(newest.Version, program.Version) && IsWanted(newest.Version) ? newest : null;
    }

    /// <summary>The one version that may run here, also an older one.</summary>
    private async Task<ReleaseManifest?> Pinned(ReleaseAddresses addresses, string pin, CancellationToken cancellationToken)
    {
        if (!VersionOrder.IsRelease(pin))
            throw Failure($"autoUpdate.pin is \"{pin}\", which is not a semantic version");
        if (VersionOrder.IsSame(pin, program.Version) || !IsWanted(pin))
            return null;
        var newest = await feed.Manifest(addresses.Latest, cancellationToken);
        if (VersionOrder.IsExactly(newest.Version, pin))
            return newest;
        var manifest = await feed.Manifest(addresses.Manifest(pin), cancellationToken);
        return VersionOrder.IsExactly(manifest.Version, pin)
            ? manifest
            : throw Failure($"the manifest of the pinned version {pin} is that of {manifest.Version}");
    }

    private bool IsWanted(string version)
    {
        if (!record.IsBad(version))
            return true;
        LeftOut(version);
        return false;
    }

    private ReleasePlan Plan(ReleaseAddresses addresses, ReleaseManifest manifest)
    {
        if (installed.Obstacle is { } obstacle)
            throw new UpdateFailedException(UpdateReason.NoProgram, obstacle);
        if (ReleaseAddresses.FileNameHere() is not { } name)
            throw Failure("there are no releases for this processor");
        var file = name + installed.ArtifactSuffix;
        return manifest.HashOf(file) is { Length: HashLength } hash && hash.All(char.IsAsciiHexDigit)
            ? new ReleasePlan(manifest.Version, hash, addresses.Artifact(manifest.Version, file))
            : throw Failure($"the manifest of {manifest.Version} does not say the SHA-256 of {file}");
    }

    private static UpdateFailedException Failure(string words) => new(UpdateReason.VersionCheckFailed, words);
}
