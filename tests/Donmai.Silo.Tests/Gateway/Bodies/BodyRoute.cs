using System.Text.Json.Nodes;

namespace Donmai.Silo.Tests.Gateway.Bodies;

/// <summary>A route with a body: what it makes of one that is well-formed, and how it says that one is not.</summary>
/// <param name="Path">Where it is posted.</param>
/// <param name="WellFormed">A body that is understood, and then comes to nothing.</param>
/// <param name="Status">Status of the answer to that.</param>
/// <param name="Answer">The answer to that; empty where it has a part that varies.</param>
/// <param name="Malformed">The answer to one that is not understood, with <c>{0}</c> for the reason.</param>
/// <param name="Fields">Everything the body may say, by type: <c>text</c>, <c>int</c>, <c>int?</c>, <c>long</c>, <c>flag</c>, <c>map</c>, <c>object</c>.</param>
internal sealed record BodyRoute(
    string Path, string WellFormed, int Status, string Answer, string Malformed, IReadOnlyDictionary<string, string> Fields)
{
    private const string AsError = """{"error":"{0}"}""";

    /// <summary>All routes that read a body.</summary>
    public static IReadOnlyDictionary<string, BodyRoute> All { get; } = new BodyRoute[]
    {
        new("/api/daemon/sessions", """{"sessionId":"s1","repository":"nowhere"}""", 400, """{"error":"repository \"nowhere\" is not in the project allowlist"}""", AsError,
            new Dictionary<string, string>
            {
                ["sessionId"] = "text", ["repository"] = "text", ["ref"] = "text", ["promptContext"] = "text", ["title"] = "text", ["branch"] = "text",
                ["workType"] = "text", ["providerSessionId"] = "text", ["maxDurationSeconds"] = "int", ["env"] = "map", ["resources"] = "object",
                ["resources.vCpu"] = "int", ["resources.memoryMb"] = "int", ["resolvedProfile"] = "object", ["resolvedProfile.provider"] = "text",
                ["resolvedProfile.runner"] = "text", ["resolvedProfile.model"] = "text", ["resolvedProfile.effort"] = "text",
                ["resolvedProfile.credentialId"] = "text", ["modelProfile"] = "object", ["modelProfile.id"] = "text", ["modelProfile.providerId"] = "text",
                ["modelProfile.model"] = "text", ["modelProfile.mode"] = "text", ["modelProfile.context"] = "int", ["modelProfile.maxOutputTokens"] = "int",
            }),
        new("/api/daemon/sessions/gone/stop", "{}", 200, """{"sessionId":"gone","stopped":false,"reason":"not-found"}""", AsError,
            new Dictionary<string, string> { ["reason"] = "text", ["immediately"] = "flag" }),
        new("/api/daemon/drain", """{"then":"nonsense"}""", 400, """{"ok":false,"message":"unknown then \"nonsense\"; it can be pause, stop or none"}""",
            """{"ok":false,"message":"{0}"}""", new Dictionary<string, string> { ["timeoutSeconds"] = "int?", ["then"] = "text" }),
        new("/api/daemon/capacity", """{"key":"capacity.colour","value":"3"}""", 400, """{"ok":false,"key":"capacity.colour","value":"3","message":"unknown key"}""",
            """{"ok":false,"key":"","value":"","message":"{0}"}""", new Dictionary<string, string> { ["key"] = "text", ["value"] = "text" }),
        new("/api/daemon/pool/evict", """{"repoUrl":"nowhere","olderThanSeconds":9}""", 200, "", AsError,
            new Dictionary<string, string> { ["repoUrl"] = "text", ["olderThanSeconds"] = "long" }),
    }.ToDictionary(static route => route.Path);

    /// <summary>The answer to a malformed body, newline included.</summary>
    public string Refusal(string reason) => Malformed.Replace("{0}", $"invalid body: {reason}", StringComparison.Ordinal) + "\n";

    /// <summary>The well-formed body with one field set to a JSON text, in place of what it said.</summary>
    public string With(string field, string json)
    {
        var body = JsonNode.Parse(WellFormed)!.AsObject();
        var holder = body;
        var names = field.Split('.');
        foreach (var name in names[..^1])
            holder = (JsonObject)(holder[name] ??= new JsonObject());
        holder[names[^1]] = "#";
        return body.ToJsonString().Replace("\"#\"", json, StringComparison.Ordinal);
    }
}
