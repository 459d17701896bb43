using System.Text.Json;
using Donmai.Sessions;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Providers.Claude;

/// <summary>Reads the line that ends a turn (worker.md §4.2). Whatever its fields are, it is a result.</summary>
internal static class ClaudeResult
{
    private const string Unreadable = "unreadable_result";

    /// <summary>Reads the line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="used">Tokens of the turn's messages, which count where the line says nothing of tokens.</param>
    public static ResultEvent Read(JsonElement line, AgentCost used)
    {
        var subtype = ForeignJson.Text(line, "subtype");
        var text = ForeignJson.Text(line, "result");
        var result = new ResultEvent { Success = false, Cost = Cost(line, used), DurationMs = ForeignJson.Integer(line, "duration_ms") };
        if (HasForeignShape(line))
            return result with { ErrorSubtype = Unreadable, Errors = Errors(line, text) };
        if (subtype == "success" && !ForeignJson.Flag(line, "is_error"))
            return result with { Success = true, Message = text };
        return result with { Errors = Errors(line, text), ErrorSubtype = string.IsNullOrEmpty(subtype) ? "error" : subtype };
    }

    private static bool HasForeignShape(JsonElement line) =>
        !Is(line, "subtype", JsonValueKind.String) || !Is(line, "result", JsonValueKind.String)
        || ForeignJson.Member(line, "is_error") is { ValueKind: not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null) };

    private static bool Is(JsonElement line, string name, JsonValueKind kind) =>
        ForeignJson.Member(line, name) is not { } value || value.ValueKind == kind || value.ValueKind == JsonValueKind.Null;

    private static List<string>? Errors(JsonElement line, string? text)
    {
        var errors = ForeignJson.Items(ForeignJson.Member(line, "errors"))
            .Select(static error => error.ValueKind == JsonValueKind.String ? ForeignJson.Text(error) : ForeignJson.Text(error, "message"))
            .OfType<string>()
            .Where(static error => error.Length > 0)
            .ToList();
        if (errors.Count == 0 && ForeignJson.Text(line, "error") is { Length: > 0 } error)
            errors.Add(error);
        if (errors.Count == 0 && !string.IsNullOrEmpty(text))
            errors.Add(text);
        return errors.Count > 0 ? errors : null;
    }

    private static AgentCost Cost(JsonElement line, AgentCost used)
    {
        var cost = ForeignJson.Member(line, "usage") is { } usage && ClaudeUsage.Read(usage) is var told && told != new AgentCost() ? told : used;
        return cost with
        {
            TotalCostUsd = ForeignJson.Number(line, "total_cost_usd"),
            NumTurns = (int)Math.Clamp(ForeignJson.Integer(line, "num_turns"), 0, int.MaxValue),
        };
    }
}
