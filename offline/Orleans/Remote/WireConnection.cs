using System.Net.Sockets;
using System.Threading.Channels;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>Frames over a socket, in both directions.</summary>
internal sealed class WireConnection : IAsyncDisposable
{
    /// <summary>What is still to be sent when a connection is closed has so long: somebody who does not read must not hold up whoever closes it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly NetworkStream _stream;
    private readonly int _largest;
    private readonly Channel<WireWriter> _outgoing = Channel.CreateUnbounded<WireWriter>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _sending;

    public WireConnection(Socket socket, int largestMessage)
    {
        socket.NoDelay = true;
        _largest = largestMessage;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _sending = SendAll();
    }

    public static WireWriter Frame(byte kind)
    {
        var writer = new WireWriter();
        writer.BeginFrame();
        writer.Byte(kind);
        return writer;
    }

    /// <returns>False if the connection has ended.</returns>
    public bool Send(WireWriter frame) => _outgoing.Writer.TryWrite(frame);

    /// <summary>The next frame, or nothing if the other side has ended the connection.</summary>
    /// <exception cref="InvalidDataException">A frame is larger than allowed.</exception>
    public async Task<ReadOnlyMemory<byte>?> Receive(CancellationToken token, int? largest = null)
    {
        var limit = largest ?? _largest;
        var head = new byte[sizeof(int)];
        if (await _stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, token) < head.Length)
        {
            return null;
        }

        var length = BitConverter.ToInt32(head);
        if (length <= 0 || length > limit)
        {
            throw new InvalidDataException($"A message of {length} bytes: at most {limit} are accepted.");
        }

        var frame = new byte[length];
        await _stream.ReadExactlyAsync(frame, token);
        return frame;
    }

    public async ValueTask DisposeAsync()
    {
        _outgoing.Writer.TryComplete();
        await _sending.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stream.DisposeAsync();
    }

    private async Task SendAll()
    {
        try
        {
            await foreach (var frame in _outgoing.Reader.ReadAllAsync())
            {
                await _stream.WriteAsync(frame.EndFrame());
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The reading side of the connection reports its end.
            _outgoing.Writer.TryComplete();
            await _stream.DisposeAsync();
        }
    }
}
