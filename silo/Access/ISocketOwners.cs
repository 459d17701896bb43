using System.Net;

namespace Donmai.Silo.Access;

/// <summary>Asks the operating system who owns a socket.</summary>
internal interface ISocketOwners
{
    /// <summary>Whether this machine can answer at all.</summary>
    bool IsAvailable { get; }

    /// <summary>The owner of the connection's far end, seen from this machine; <see langword="null"/> when there is no such socket here.</summary>
    /// <param name="peer">Address of the far end.</param>
    /// <param name="local">Our own address of the connection.</param>
    SocketOwner? Find(IPEndPoint peer, IPEndPoint local);
}
