using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Donmai.Bench.Gateway;

/// <summary>A client that costs as little as possible: keep-alive connections, one request after the other on each.</summary>
internal static class RequestLoop
{
    private const int LongestAnswer = 128 * 1024;

    private static ReadOnlySpan<byte> EndOfHeaders => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> ContentLength => "\r\ncontent-length: "u8;

    /// <summary>How fast GET <paramref name="path"/> is answered.</summary>
    public static async Task<RequestLoad> Measure(IPEndPoint server, string path, int connections, TimeSpan slice)
    {
        var request = Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\n\r\n"));
        var clock = Stopwatch.StartNew();
        var times = (await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Loop(server, request, clock, slice)))).SelectMany(static some => some).ToArray();
        var elapsed = clock.Elapsed.TotalSeconds;
        Array.Sort(times);
        return new RequestLoad(times.Length / elapsed, TimeSpan.FromSeconds(times[times.Length * 99 / 100] / (double)Stopwatch.Frequency));
    }

    /// <summary>Times from request to answer, in ticks of <see cref="Stopwatch"/>.</summary>
    private static async Task<List<long>> Loop(IPEndPoint server, byte[] request, Stopwatch clock, TimeSpan slice)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        var buffer = new byte[LongestAnswer];
        var times = new List<long>();
        while (clock.Elapsed < slice)
        {
            var sent = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            await ReadAnswer(socket, buffer);
            times.Add(Stopwatch.GetTimestamp() - sent);
        }

        return times;
    }

    private static async Task ReadAnswer(Socket socket, byte[] buffer)
    {
        var received = 0;
        var whole = int.MaxValue;
        while (received < whole)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(received));
            if (read == 0)
                throw new IOException("The server closed the connection.");
            received += read;
            if (whole == int.MaxValue)
                whole = WholeLength(buffer.AsSpan(0, received));
        }
    }

    private static int WholeLength(ReadOnlySpan<byte> answer)
    {
        var headers = answer.IndexOf(EndOfHeaders);
        if (headers < 0)
            return int.MaxValue;
        if (!answer.StartsWith("HTTP/1.1 200"u8))
            throw new InvalidDataException($"The server answered {Encoding.ASCII.GetString(answer[..Math.Min(answer.Length, 200)])}");
        return headers + EndOfHeaders.Length + BodyLength(answer[..headers]);
    }

    private static int BodyLength(ReadOnlySpan<byte> headers)
    {
        Span<byte> lower = stackalloc byte[headers.Length];
        System.Text.Ascii.ToLower(headers, lower, out _);
        var at = lower.IndexOf(ContentLength);
        if (at < 0 || !Utf8Parser.TryParse(headers[(at + ContentLength.Length)..], out int length, out _))
            throw new InvalidDataException("The answer has no Content-Length; the client of this figure needs one.");
        return length;
    }
}
