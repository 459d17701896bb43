using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Donmai.Client;

/// <summary>The HTTP connection to one daemon, over TCP or a Unix domain socket.</summary>
internal static class ControlConnection
{
    /// <summary>Makes the client; nothing is connected yet.</summary>
    public static HttpClient Open(Uri address, string? controlToken)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        if (address.Scheme == "unix")
            handler.ConnectCallback = (_, cancellationToken) => Connect(address.LocalPath, cancellationToken);

        var client = new HttpClient(handler)
        {
            BaseAddress = address.Scheme == "unix" ? new Uri("http://localhost") : address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (controlToken is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", controlToken);
        return client;
    }

    private static async ValueTask<Stream> Connect(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
