using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Donmai.Silo.Access;

/// <summary>Finds socket owners in <c>/proc/net/tcp</c> and <c>tcp6</c>: for Linux kernels that do not answer <see cref="SocketDiagnostics"/>.</summary>
/// <param name="directory">Where the tables are, <c>/proc/net</c>.</param>
internal sealed class SocketTable(string directory = "/proc/net") : ISocketOwners
{
    private const int LocalColumn = 1;
    private const int RemoteColumn = 2;
    private const int UserColumn = 7;
    private const int InodeColumn = 9;

    /// <inheritdoc/>
    public bool IsAvailable => File.Exists(Path.Combine(directory, "tcp"));

    /// <inheritdoc/>
    public SocketOwner? Find(IPEndPoint peer, IPEndPoint local)
    {
        if (peer.AddressFamily is AddressFamily.InterNetwork && Search("tcp", peer, local) is { } found)
            return found;
        return Search("tcp6", Wide(peer), Wide(local));
    }

    private SocketOwner? Search(string table, IPEndPoint peer, IPEndPoint local)
    {
        var path = Path.Combine(directory, table);
        if (!File.Exists(path))
            return null;
        var (near, far) = (Hex(peer), Hex(local));
        foreach (var line in File.ReadLines(path))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > InodeColumn && columns[LocalColumn] == near && columns[RemoteColumn] == far
                && uint.TryParse(columns[UserColumn], CultureInfo.InvariantCulture, out var user))
                return new SocketOwner(user, IsOpen: columns[InodeColumn] is not "0");
        }

        return null;
    }

    private static IPEndPoint Wide(IPEndPoint endpoint) => new(endpoint.Address.MapToIPv6(), endpoint.Port);

    /// <summary>The kernel prints each 32-bit word of the address in the machine's byte order, the port in network order.</summary>
    private static string Hex(IPEndPoint endpoint)
    {
        var words = MemoryMarshal.Cast<byte, uint>(endpoint.Address.GetAddressBytes());
        return string.Concat(words.ToArray().Select(static word => word.ToString("X8", CultureInfo.InvariantCulture)))
            + ":" + endpoint.Port.ToString("X4", CultureInfo.InvariantCulture);
    }
}
