using System.Text.Json.Nodes;

namespace Donmai.Grains.Tests.Machines;

/// <summary>What a platform was asked.</summary>
internal sealed record PlatformRequest(string Method, string Path, string? Token, string Body, string UserAgent)
{
    /// <summary>The last part of the path: <c>register</c>, <c>heartbeat</c>, <c>poll</c>, <c>nack</c>, …</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The body as JSON.</summary>
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();
}
