using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Donmai.Core.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary>
/// Sends a request for something to a daemon on this machine over a connection of its own. A worker sends one such request before its agent starts and
/// seldom another, and the framework's pool of connections takes longer to be ready than all of it, and 5 MiB (docs/decisions/0026). Other requests,
/// those that somebody listens to, and answers that are not as expected are left to the framework.
/// </summary>
/// <param name="framework">Makes what sends the others.</param>
internal sealed class PlainTransport(Func<HttpMessageHandler> framework) : HttpMessageHandler
{
    private const int LargestAnswer = 33 * 1024 * 1024;

    private readonly Lazy<HttpMessageInvoker> _framework = new(() => new HttpMessageInvoker(framework()));

    private static ReadOnlySpan<byte> Version => "HTTP/1."u8;

    private static ReadOnlySpan<byte> EndOfHeaders => "\r\n\r\n"u8;

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Place(request) is { } place && Ask(place, request.RequestUri!, cancellationToken) is { } answer
            ? Task.FromResult(answer)
            : _framework.Value.SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _framework.IsValueCreated)
            _framework.Value.Dispose();
        base.Dispose(disposing);
    }

    private static IPEndPoint? Place(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get && request.RequestUri is { Scheme: "http" } address && IPAddress.TryParse(address.Host, out var host)
        && IPAddress.IsLoopback(host) && !request.Headers.NonValidated.GetEnumerator().MoveNext() && !SessionTrace.IsListenedTo
            ? new IPEndPoint(host, address.Port)
            : null;

    // Waits here for the answer: nothing else is to be done before it, and an end of the waiting closes the connection.
    private static HttpResponseMessage? Ask(IPEndPoint place, Uri address, CancellationToken cancellationToken)
    {
        using var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var ending = cancellationToken.UnsafeRegister(static open => ((Socket)open!).Dispose(), socket);
        try
        {
            socket.Connect(place);
            // A server may send an answer to this version in pieces of one kind only: up to the end of the connection.
            var trace = SessionTrace.WordsNow() is { } step ? $"traceparent: {step}\r\n" : "";
            socket.Send(Encoding.ASCII.GetBytes($"GET {address.PathAndQuery} HTTP/1.0\r\nHost: {address.Authority}\r\n{trace}\r\n"));
            return Receive(socket) is { } answer ? Read(answer) : null;
        }
        catch (Exception failed) when (failed is SocketException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private static ArraySegment<byte>? Receive(Socket socket)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        while (socket.Receive(buffer.AsSpan(length)) is > 0 and var count)
        {
            length += count;
            if (length > LargestAnswer)
                return null;
            if (length == buffer.Length)
                Array.Resize(ref buffer, 2 * length);
        }

        return new ArraySegment<byte>(buffer, 0, length);
    }

    private static HttpResponseMessage? Read(ArraySegment<byte> answer)
    {
        var end = answer.AsSpan().IndexOf(EndOfHeaders);
        if (end < 0 || !answer.AsSpan().StartsWith(Version))
            return null;
        var headers = Encoding.ASCII.GetString(answer.AsSpan(0, end)).Split("\r\n");
        var body = answer[(end + EndOfHeaders.Length)..];
        if (headers[0].Split(' ') is not [_, { Length: 3 } code, ..] || !int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            || Value(headers, "Transfer-Encoding") is not null || Value(headers, "Content-Encoding") is not null
            || (Value(headers, "Content-Length") is { } length && length != body.Count.ToString(CultureInfo.InvariantCulture)))
            return null;
        return new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body.Array!, body.Offset, body.Count) };
    }

    private static string? Value(string[] headers, string name) => Array
        .Find(headers, header => header.Length > name.Length && header[name.Length] == ':' && header.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        ?[(name.Length + 1)..].Trim();
}
