using System.Text.Json;

namespace Donmai.Worker.Providers.Codex;

/// <summary>What codex says went wrong (worker.md §4.3.4, §4.3.6): <c>message</c> and <c>codexErrorInfo</c>, a name or an object whose first key is one.</summary>
/// <param name="Message">In words.</param>
/// <param name="Kind">Class of the error as the server spells it; empty when it says none.</param>
internal sealed record CodexError(string Message, string Kind)
{
    /// <summary>Code of an <c>error</c> event (worker.md §3.2).</summary>
    public string Code => Kind.ToLowerInvariant() switch
    {
        "unauthorized" => "auth_required",
        "usagelimitexceeded" => "quota_exhausted",
        "serveroverloaded" => "overloaded",
        "" => "codex_error",
        _ => Kind,
    };

    /// <summary>The refusal of a session or a turn that could not be started.</summary>
    /// <param name="failure">What the connection said.</param>
    public static AgentStartException OfStart(Exception failure) => new(
        failure is JsonRpcException { Code: 0 } ? failure.Message : $"codex could not be started: {failure.Message}",
        isTransient: KnownTroubles.Of(failure.Message) == KnownTrouble.Transient);

    /// <summary>Reads an error; words stand in where it has none.</summary>
    public static CodexError Read(JsonElement? error, string otherwise)
    {
        var message = error is { ValueKind: JsonValueKind.String } text ? ForeignJson.Text(text) : error is { } given ? ForeignJson.Text(given, "message") : null;
        var kind = error is { } known ? ForeignJson.Member(known, "codexErrorInfo") switch
        {
            { ValueKind: JsonValueKind.String } name => ForeignJson.Text(name),
            { ValueKind: JsonValueKind.Object } info => info.EnumerateObject().Select(ForeignJson.Name).FirstOrDefault() ?? "",
            _ => "",
        } : "";
        return new CodexError(Recognisable(string.IsNullOrWhiteSpace(message) ? otherwise : message, kind), kind);
    }

    // The class is known even where the words do not show it (worker.md §4.0 CP-14).
    private static string Recognisable(string message, string kind) => KnownTroubles.Of(message) != KnownTrouble.None ? message : kind.ToLowerInvariant() switch
    {
        "unauthorized" => $"{message} (unauthorized)",
        "usagelimitexceeded" => $"{message} (usage limit)",
        "serveroverloaded" => $"{message} (overloaded)",
        "responsestreamdisconnected" or "responsestreamconnectionfailed" or "httpconnectionfailed" => $"{message} (stream disconnected)",
        _ => message,
    };
}
