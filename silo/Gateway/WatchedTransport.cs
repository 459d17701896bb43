using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Donmai.Silo.Gateway;

/// <summary>
/// Notices when a listener ends that nobody has asked to end: the server itself goes on without it, and would answer nobody any more
/// (control-api.md §5, HTTP server failure).
/// </summary>
/// <param name="transport">Who makes the listeners.</param>
internal sealed class WatchedTransport(IConnectionListenerFactory transport) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly TaskCompletionSource<string> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with a sentence when the server has lost a listener.</summary>
    public Task<string> Failed => _failed.Task;

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => (transport as IConnectionListenerFactorySelector)?.CanBind(endpoint) ?? true;

    /// <inheritdoc/>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new WatchedListener(await transport.BindAsync(endpoint, cancellationToken), reason => _failed.TrySetResult(reason));
}
