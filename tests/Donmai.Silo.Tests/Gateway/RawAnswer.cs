using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Donmai.Silo.Tests.Gateway;

/// <summary>An HTTP answer read from the socket until its end, with nothing interpreted by a client library.</summary>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>Whether the server closed the connection without an answer.</summary>
    public bool IsNothing => Head.Length == 0;

    public static async Task<RawAnswer> Of(EndPoint endpoint, string request, bool halfClose = false)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(endpoint, limit.Token);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request), limit.Token);
        if (halfClose)
            socket.Shutdown(SocketShutdown.Send);
        return Parse(await ReadToEnd(socket, limit.Token));
    }

    public static RawAnswer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0 ? new RawAnswer(0, "", "") : new RawAnswer(int.Parse(text.AsSpan(9, 3)), text[..end], text[(end + 4)..]);
    }

    public string? Header(string name) =>
        Head.Split("\r\n").Skip(1).Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim()).FirstOrDefault();

    private static async Task<string> ReadToEnd(Socket socket, CancellationToken limit)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, limit) is var count and > 0)
                text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
        catch (SocketException reset) when (reset.SocketErrorCode is SocketError.ConnectionReset)
        {
            // The server cut the connection; what came before counts.
        }

        return text.ToString();
    }
}
