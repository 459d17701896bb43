using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Orleans.Runtime;

/// <summary>Whose the other end of a connection inside this machine is. Linux tells it; elsewhere every local user is let in.</summary>
internal static class PeerUser
{
    private const string Root = "0";
    private const string Table = "/proc/net/tcp";
    private const string WideTable = "/proc/net/tcp6";

    /// <summary>The other end belongs neither to the user who runs this program, nor to root.</summary>
    public static bool IsAnother(Socket socket)
    {
        if (!File.Exists(Table))
        {
            return false;
        }

        var (peer, own) = ((IPEndPoint)socket.RemoteEndPoint!, (IPEndPoint)socket.LocalEndPoint!);
        var user = Owner(peer, own);
        return user is null || (user != Root && user != Owner(own, peer));
    }

    private static string? Owner(IPEndPoint near, IPEndPoint far) => Find(Table, near, far) ?? Find(
        WideTable, new IPEndPoint(near.Address.MapToIPv6(), near.Port), new IPEndPoint(far.Address.MapToIPv6(), far.Port));

    /// <summary>A socket that nobody holds any more (inode 0) has no owner: the kernel says root.</summary>
    private static string? Find(string table, IPEndPoint near, IPEndPoint far)
    {
        const int Near = 1, Far = 2, User = 7, Inode = 9;
        var (nearText, farText) = (Hex(near), Hex(far));
        return !File.Exists(table) ? null : File.ReadLines(table)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(line => line.Length > Inode && line[Near] == nearText && line[Far] == farText && line[Inode] != "0")?[User];
    }

    /// <summary>The kernel prints each word of an address in the machine's byte order.</summary>
    private static string Hex(IPEndPoint endpoint)
    {
        var words = MemoryMarshal.Cast<byte, uint>(endpoint.Address.GetAddressBytes()).ToArray();
        return string.Concat(words.Select(word => word.ToString("X8", CultureInfo.InvariantCulture))) + $":{endpoint.Port:X4}";
    }
}
