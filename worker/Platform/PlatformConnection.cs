using System.Reflection;
using Donmai.Core.Platform;

namespace Donmai.Worker.Platform;

/// <summary>A worker's way to its platform: the calls, and what they are made with, fresh for every attempt (platform-api.md §2).</summary>
internal sealed class PlatformConnection : IDisposable
{
    private readonly ICredentialSource _credentials;
    private readonly string _url;
    private readonly PlatformTransport? _own;
    private RuntimeCredentials _known;

    /// <summary>Makes the connection; nothing is sent yet.</summary>
    /// <param name="url">The platform's base URL.</param>
    /// <param name="known">Credentials that are used where the source has none.</param>
    /// <param name="credentials">Knows newer ones; <see langword="null"/> when they do not change.</param>
    /// <param name="transport">Sends the requests, and stays the caller's; <see langword="null"/> for a connection of its own.</param>
    /// <param name="clock">Measures time-outs and waits.</param>
    public PlatformConnection(string url, RuntimeCredentials known, ICredentialSource? credentials, HttpMessageHandler? transport, TimeProvider clock)
    {
        _url = url;
        _known = known;
        _credentials = credentials ?? new FixedCredentials(known);
        _own = transport is null ? PlatformTransport.Open() : null;
        Client = new PlatformClient(new CredentialWatch(transport ?? _own!, _credentials), $"donmai-worker/{Version}", clock);
    }

    /// <summary>The calls.</summary>
    public PlatformClient Client { get; }

    private static string Version => typeof(PlatformConnection).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>What a call is made with.</summary>
    public async ValueTask<PlatformAccess> Access(CancellationToken cancellationToken)
    {
        var newest = await _credentials.Read(cancellationToken);
        var known = _known;
        _known = known = new RuntimeCredentials(
            newest.WorkerId.Length > 0 ? newest.WorkerId : known.WorkerId, newest.AuthToken.Length > 0 ? newest.AuthToken : known.AuthToken);
        return new PlatformAccess { Url = _url, Token = known.AuthToken, WorkerId = known.WorkerId };
    }

    /// <inheritdoc/>
    public void Dispose() => _own?.Dispose();
}
