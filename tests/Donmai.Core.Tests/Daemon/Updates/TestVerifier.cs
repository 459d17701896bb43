using System.Collections.Concurrent;
using Donmai.Core.Daemon.Updates;

namespace Donmai.Core.Tests.Daemon.Updates;

/// <summary>Trusts whoever signs with <see cref="Trusted"/>, and remembers what it was asked.</summary>
internal sealed class TestVerifier : IArtifactVerifier
{
    public const string Trusted = "signed by us";

    public ConcurrentQueue<(string Hash, string Signature)> Asked { get; } = new();

    public Exception? Failure { get; init; }

    /// <summary>Whether it never comes to a verdict.</summary>
    public bool IsSlow { get; init; }

    /// <summary>Completes when a slow one was asked.</summary>
    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask<ArtifactVerdict> Verify(string sha256, string signature, CancellationToken cancellationToken)
    {
        Asked.Enqueue((sha256, signature));
        if (IsSlow)
        {
            Waiting.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (Failure is not null)
            throw Failure;
        return signature == Trusted ? new ArtifactVerdict(true, "signer release@acme") : new ArtifactVerdict(false, "unknown signer");
    }
}
