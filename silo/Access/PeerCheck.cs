using System.Net;

namespace Donmai.Silo.Access;

/// <summary>Decides whose connection it is, once per connection (control-api.md §1.2 item 4, architecture.md §8).</summary>
/// <param name="sources">Ways to learn a socket's owner, best first; the first that is available is used.</param>
/// <param name="ownUserId">The user who runs the daemon.</param>
internal sealed class PeerCheck(IReadOnlyList<ISocketOwners> sources, uint ownUserId)
{
    private const uint Root = 0;

    private readonly Lazy<ISocketOwners?> _owners = new(() => sources.FirstOrDefault(static source => source.IsAvailable));

    /// <summary>Trust in the far end of a TCP connection that arrived at a loopback listener.</summary>
    public CallerTrust Of(EndPoint? peer, EndPoint? local)
    {
        if (_owners.Value is not { } owners || peer is not IPEndPoint far || local is not IPEndPoint near)
            return CallerTrust.Unknown;
        var owner = owners.Find(Narrow(far), Narrow(near));
        return owner is { IsOpen: true, UserId: var user } && (user == Root || user == ownUserId) ? CallerTrust.SameUser : CallerTrust.OtherUser;
    }

    private static IPEndPoint Narrow(IPEndPoint endpoint) =>
        endpoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endpoint.Address.MapToIPv4(), endpoint.Port) : endpoint;
}
