namespace Donmai.Core.Daemon.Updates;

/// <summary>The verifier of a program that knows no signers: it refuses everything (daemon-runtime.md §12.3).</summary>
internal sealed class RefusingVerifier : IArtifactVerifier
{
    private static readonly ArtifactVerdict Refusal = new(IsValid: false, "this version cannot verify signatures of releases, so it installs none");

    public ValueTask<ArtifactVerdict> Verify(string sha256, string signature, CancellationToken cancellationToken) => ValueTask.FromResult(Refusal);
}
