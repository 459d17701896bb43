using System.Net;
using System.Net.Sockets;
using Donmai.Silo.Access;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Donmai.Silo.Gateway;

/// <summary>The bound sockets of the control API (control-api.md §1.1, §1.2). They are bound before anything else is built, so that a taken port is said at once.</summary>
internal sealed class Listeners : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Longest path of a Unix domain socket in bytes on every system we run on.</summary>
    private const int LongestSocketPath = 103;

    private readonly Dictionary<EndPoint, Socket> _sockets = [];

    private Listeners()
    {
    }

    /// <summary>The address as asked for, with the port the kernel chose where 0 was asked for.</summary>
    public required IPEndPoint Control { get; init; }

    /// <summary>The address for programs on this machine; differs from <see cref="Control"/> when that is open to other machines.</summary>
    public required IPEndPoint Local { get; init; }

    /// <summary>The Unix domain socket; <see langword="null"/> where its path is too long for one.</summary>
    public string? UnixSocket { get; private set; }

    /// <summary>Whether <see cref="Control"/> can be reached from other machines.</summary>
    public bool IsRemote => !LoopbackNames.IsLoopback(Control.Address);

    /// <summary>Binds.</summary>
    /// <param name="address">Where to listen.</param>
    /// <param name="port">Port; 0 lets the kernel choose.</param>
    /// <param name="unixSocket">Path of the Unix domain socket. A file that is there is left over from an earlier life and goes.</param>
    /// <exception cref="DaemonStartException">The system refused.</exception>
    public static Listeners Bind(IPAddress address, int port, string unixSocket)
    {
        var control = BindTcp(new IPEndPoint(address, port));
        try
        {
            var bound = (IPEndPoint)control.LocalEndPoint!;
            var local = LoopbackNames.IsLoopback(address) ? control : BindTcp(new IPEndPoint(IPAddress.Loopback, 0));
            var listeners = new Listeners { Control = bound, Local = (IPEndPoint)local.LocalEndPoint! };
            listeners._sockets[bound] = control;
            listeners._sockets[listeners.Local] = local;
            listeners.BindUnix(unixSocket);
            return listeners;
        }
        catch
        {
            control.Dispose();
            throw;
        }
    }

    /// <summary>Hands the bound socket of <paramref name="endpoint"/> over to the server.</summary>
    public Socket Take(EndPoint endpoint) => _sockets[endpoint];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var socket in _sockets.Values)
            socket.Dispose();
        if (UnixSocket is not null)
            File.Delete(UnixSocket);
    }

    private static Socket BindTcp(IPEndPoint endpoint)
    {
        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        }
        catch (SocketException refused) when (refused.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            throw new DaemonStartException(
                $"Port {endpoint.Port} on {endpoint.Address} is taken by another program, perhaps another daemon: stop it, or choose another port with --port.",
                refused);
        }
        catch (SocketException refused)
        {
            throw new DaemonStartException($"Cannot listen on {endpoint}: {refused.Message}.", refused);
        }
    }

    private void BindUnix(string path)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(path) > LongestSocketPath)
            return;
        File.Delete(path);
        var endpoint = new UnixDomainSocketEndPoint(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // Linux gives the file the mode of the socket, so that it is never open to others; elsewhere the directory's mode protects it meanwhile.
            if (OperatingSystem.IsLinux())
                File.SetUnixFileMode(new Microsoft.Win32.SafeHandles.SafeFileHandle(socket.Handle, ownsHandle: false), OwnerOnly);
            socket.Bind(endpoint);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, OwnerOnly);
        }
        catch (SocketException refused)
        {
            socket.Dispose();
            throw new DaemonStartException($"Cannot listen on {path}: {refused.Message}.", refused);
        }

        UnixSocket = path;
        _sockets[endpoint] = socket;
    }
}
