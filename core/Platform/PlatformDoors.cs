using System.Collections.Concurrent;
using Refit;

namespace Donmai.Core.Platform;

/// <summary>The calls of each orchestrator, made once for its base URL.</summary>
/// <param name="connect">Makes a connection.</param>
internal sealed class PlatformDoors(Func<HttpClient> connect)
{
    private static readonly RefitSettings Settings = new(new SystemTextJsonContentSerializer(PlatformJson.Default.Options));

    private readonly ConcurrentDictionary<Uri, IPlatformApi> _known = new();

    /// <summary>The base address that a URL names (platform-api.md §1); its path is kept.</summary>
    /// <exception cref="PermanentPlatformException">It names none.</exception>
    public static Uri Base(string url) =>
        Uri.TryCreate(url.TrimEnd('/'), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0
            ? address
            : throw new PermanentPlatformException("orchestrator.url is no http or https URL", statusCode: 0, body: "");

    /// <summary>The calls of the orchestrator at <paramref name="address"/>.</summary>
    public IPlatformApi At(Uri address) => _known.GetOrAdd(address, Open);

    private IPlatformApi Open(Uri address)
    {
        var client = connect();
        client.BaseAddress = address;
        client.Timeout = Timeout.InfiniteTimeSpan; // each call has its own
        return RestService.For<IPlatformApi>(client, Settings);
    }
}
