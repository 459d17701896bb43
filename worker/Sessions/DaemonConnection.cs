using System.Text.Json;
using Donmai.Client;
using Refit;

namespace Donmai.Worker.Sessions;

/// <summary>The control API at one address.</summary>
/// <param name="Url">The address, without trailing slash.</param>
/// <param name="Api">Its calls.</param>
internal sealed record DaemonConnection(string Url, IControlApi Api)
{
    /// <summary>Makes the connection; nothing is sent yet.</summary>
    /// <param name="url">The address.</param>
    /// <param name="transport">Sends the requests.</param>
    /// <returns><see langword="null"/> when it is no URL of a daemon.</returns>
    public static DaemonConnection? TryMake(string url, HttpMessageHandler transport)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return null;
        var http = new HttpClient(transport, disposeHandler: false) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        var settings = new RefitSettings(new SystemTextJsonContentSerializer(new JsonSerializerOptions(ControlApiJson.Default.Options)));
        return new DaemonConnection(url, RestService.For<IControlApi>(http, settings));
    }
}
