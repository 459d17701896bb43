using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Donmai.Silo.Gateway;

/// <summary>A listener that says when it ends unasked.</summary>
/// <param name="listener">The listener.</param>
/// <param name="failed">Told why, when it ends and nobody has asked it to.</param>
internal sealed class WatchedListener(IConnectionListener listener, Action<string> failed) : IConnectionListener
{
    private volatile bool _isEnding;

    /// <inheritdoc/>
    public EndPoint EndPoint => listener.EndPoint;

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var connection = await listener.AcceptAsync(cancellationToken);
            if (connection is null && !_isEnding)
                failed($"the listener on {EndPoint} was closed");
            return connection;
        }
        catch (Exception failure) when (!_isEnding)
        {
            failed($"the listener on {EndPoint} failed: {failure.Message}");
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _isEnding = true;
        return listener.UnbindAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _isEnding = true;
        return listener.DisposeAsync();
    }
}
