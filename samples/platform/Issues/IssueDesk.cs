using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Donmai.FakePlatform.Workers;

namespace Donmai.FakePlatform.Issues;

/// <summary>The issue tracker behind the platform (platform-api.md §12).</summary>
public sealed class IssueDesk
{
    private static readonly string[] Methods = ["updateIssueStatus", "createComment"];

    private readonly Ledger _ledger;
    private readonly List<ProxyCall> _calls = [];
    private readonly HashSet<string> _posted = new(StringComparer.Ordinal);

    internal IssueDesk(Ledger ledger) => _ledger = ledger;

    /// <summary>What was done, in order.</summary>
    public ImmutableList<ProxyCall> Calls
    {
        get
        {
            lock (_ledger.Gate)
                return [.. _calls];
        }
    }

    internal (int Status, JsonObject Answer) Call(Credential credential, JsonBody body, string? key)
    {
        WorkerDesk.RequireRuntimeToken(credential);
        var method = body.Root["method"] is JsonValue value && value.TryGetValue<string>(out var name) ? name : "";
        if (!Methods.Contains(method))
            return Failure($"\"method\" is not one of {string.Join(", ", Methods)}");
        if (body.Root["args"] is not JsonArray { Count: 2 } args
            || args.Any(static arg => arg is not JsonValue text || !text.TryGetValue<string>(out var content) || string.IsNullOrWhiteSpace(content)))
            return Failure("\"args\" is not a list of two strings");
        var texts = args.Select(static arg => arg!.GetValue<string>()).ToImmutableList();
        lock (_ledger.Gate)
        {
            if (key is null || _posted.Add(key))
                _calls.Add(new ProxyCall(_ledger.Now, method, texts, body.OptionalText("organizationId"), credential.WorkerId));
        }

        return (StatusCodes.Status200OK, new JsonObject { ["success"] = true, ["data"] = new JsonObject { ["id"] = texts[0] } });
    }

    private static (int Status, JsonObject Answer) Failure(string message) => (StatusCodes.Status400BadRequest, new JsonObject
    {
        ["success"] = false,
        ["error"] = new JsonObject { ["code"] = "BAD_REQUEST", ["message"] = message, ["retryable"] = false },
    });
}
