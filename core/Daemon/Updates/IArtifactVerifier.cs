namespace Donmai.Core.Daemon.Updates;

/// <summary>Decides whether a downloaded release may be installed (daemon-runtime.md §12.3). Whatever is not certain is refused.</summary>
public interface IArtifactVerifier
{
    /// <summary>Checks the signature of a file.</summary>
    /// <param name="sha256">SHA-256 of the file, lower-case hexadecimal.</param>
    /// <param name="signature">Text of the signature file, trimmed.</param>
    /// <param name="cancellationToken">Gives it up; nothing is installed then.</param>
    ValueTask<ArtifactVerdict> Verify(string sha256, string signature, CancellationToken cancellationToken);
}
