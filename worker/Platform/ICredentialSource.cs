namespace Donmai.Worker.Platform;

/// <summary>Knows what the platform is to be shown, whenever it changes (platform-api.md §2).</summary>
public interface ICredentialSource
{
    /// <summary>
    /// The credentials of the moment; asked before every request, by several callers at once. Empty members, and a failure, mean: the last known ones.
    /// </summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    ValueTask<RuntimeCredentials> Read(CancellationToken cancellationToken);

    /// <summary>The platform answered 401: what is remembered is not good any more.</summary>
    void Rejected();
}
