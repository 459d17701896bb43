using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Donmai.Silo.Access;

/// <summary>Finds socket owners with one netlink <c>sock_diag</c> request (Linux): microseconds, however many sockets the machine has.</summary>
internal sealed partial class SocketDiagnostics : ISocketOwners
{
    private const int NetlinkFamily = 16;
    private const int RawCloseOnExec = 3 | 0x80000;
    private const int SocketDiagnosticsProtocol = 4;
    private const ushort ByFamily = 20;
    private const ushort RequestFlag = 1;
    private const byte Tcp = 6;

    private const int HeaderLength = 16;
    private const int RequestLength = HeaderLength + 56;
    private const int SocketIdOffset = HeaderLength + 8;
    private const int AnswerLength = HeaderLength + 72;

    private readonly Lazy<bool> _available = new(Probe);

    /// <inheritdoc/>
    public bool IsAvailable => _available.Value;

    /// <inheritdoc/>
    public SocketOwner? Find(IPEndPoint peer, IPEndPoint local)
    {
        Span<byte> answer = stackalloc byte[256];
        return Ask(peer, local, answer) is { } length ? Read(answer[..length], peer, local) : null;
    }

    /// <summary>A listening socket of our own must be found; kernels without the module, and sandboxes, answer with an error or not at all.</summary>
    private static bool Probe()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var own = (IPEndPoint)listener.LocalEndpoint;
        Span<byte> answer = stackalloc byte[256];
        return Ask(own, new IPEndPoint(IPAddress.Loopback, 0), answer) is { } length
            && length >= AnswerLength && BinaryPrimitives.ReadUInt16LittleEndian(answer[4..]) == ByFamily;
    }

    private static int? Ask(IPEndPoint peer, IPEndPoint local, Span<byte> answer)
    {
        using var socket = new OwnedDescriptor(OpenSocket(NetlinkFamily, RawCloseOnExec, SocketDiagnosticsProtocol));
        if (!socket.IsValid)
            return null;
        Span<byte> request = stackalloc byte[RequestLength];
        Write(request, peer, local);
        if (Send(socket.Number, request, RequestLength, 0) != RequestLength)
            return null;
        var length = (int)Receive(socket.Number, answer, answer.Length, 0);
        return length > 0 ? length : null;
    }

    private static void Write(Span<byte> request, IPEndPoint peer, IPEndPoint local)
    {
        request.Clear();
        MemoryMarshal.Write(request, RequestLength);
        MemoryMarshal.Write(request[4..], ByFamily);
        MemoryMarshal.Write(request[6..], RequestFlag);
        request[HeaderLength] = (byte)(peer.AddressFamily is AddressFamily.InterNetworkV6 ? 10 : 2);
        request[HeaderLength + 1] = Tcp;
        MemoryMarshal.Write(request[(HeaderLength + 4)..], uint.MaxValue);
        var id = request[SocketIdOffset..];
        BinaryPrimitives.WriteUInt16BigEndian(id, (ushort)peer.Port);
        BinaryPrimitives.WriteUInt16BigEndian(id[2..], (ushort)local.Port);
        _ = peer.Address.TryWriteBytes(id[4..20], out _);
        _ = local.Address.TryWriteBytes(id[20..36], out _);
        id[40..48].Fill(0xFF);
    }

    /// <summary>The kernel falls back to a listener of the same port when the connection is gone, hence the comparison of both ports.</summary>
    private static SocketOwner? Read(ReadOnlySpan<byte> answer, IPEndPoint peer, IPEndPoint local)
    {
        if (answer.Length < AnswerLength || MemoryMarshal.Read<ushort>(answer[4..]) != ByFamily)
            return null;
        var message = answer[HeaderLength..];
        if (BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != peer.Port || BinaryPrimitives.ReadUInt16BigEndian(message[6..]) != local.Port)
            return null;
        return new SocketOwner(MemoryMarshal.Read<uint>(message[64..]), IsOpen: MemoryMarshal.Read<uint>(message[68..]) != 0);
    }

    [LibraryImport("libc", EntryPoint = "socket")]
    private static partial int OpenSocket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "send")]
    private static partial nint Send(int descriptor, ReadOnlySpan<byte> bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv")]
    private static partial nint Receive(int descriptor, Span<byte> bytes, nint length, int flags);

    private readonly partial struct OwnedDescriptor(int number) : IDisposable
    {
        public int Number => number;

        public bool IsValid => number >= 0;

        public void Dispose()
        {
            if (IsValid)
                _ = Close(number);
        }

        [LibraryImport("libc", EntryPoint = "close")]
        private static partial int Close(int descriptor);
    }
}
