namespace Donmai.Worker.Platform;

/// <summary>Credentials that do not change.</summary>
/// <param name="credentials">They.</param>
internal sealed class FixedCredentials(RuntimeCredentials credentials) : ICredentialSource
{
    /// <inheritdoc/>
    public ValueTask<RuntimeCredentials> Read(CancellationToken cancellationToken) => ValueTask.FromResult(credentials);

    /// <inheritdoc/>
    public void Rejected()
    {
        // There are no others.
    }
}
