using System.Text.Encodings.Web;
using System.Text.Json;

namespace Donmai.Worker.Providers.Gemini;

/// <summary>The body of a question: the whole conversation so far, because nobody else keeps it (worker.md §4.4.1, §3.5).</summary>
internal static class GeminiQuestion
{
    /// <summary>The role of what the model said.</summary>
    public const string Model = "model";

    /// <summary>The role of what it was told.</summary>
    public const string User = "user";

    private const int TokensOfATurn = 2048;
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What former models take in place of a level.
    private static readonly Dictionary<string, int> Budgets = new(StringComparer.Ordinal) { ["low"] = 1024, ["medium"] = 8192, ["high"] = 24_576, ["xhigh"] = 24_576 };

    /// <summary>Composes it.</summary>
    /// <param name="request">System prompt, effort, limits.</param>
    /// <param name="model">The model.</param>
    /// <param name="history">What was said so far, by role.</param>
    /// <param name="thinks">Whether the effort is passed on.</param>
    public static byte[] Compose(AgentRequest request, string model, IEnumerable<(string Role, string Text)> history, bool thinks)
    {
        using var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content, Readable))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("contents");
            foreach (var (role, text) in history)
            {
                writer.WriteStartObject();
                writer.WriteString("role", role);
                Parts(writer, text);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            if (request.SystemPrompt.Trim() is { Length: > 0 } system)
            {
                writer.WriteStartObject("systemInstruction");
                Parts(writer, system);
                writer.WriteEndObject();
            }

            Generation(writer, request, model, thinks);
            writer.WriteEndObject();
        }

        return content.ToArray();
    }

    private static void Parts(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartArray("parts");
        writer.WriteStartObject();
        writer.WriteString("text", text);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void Generation(Utf8JsonWriter writer, AgentRequest request, string model, bool thinks)
    {
        var limit = request.Configuration.Number(UnhonouredFields.OutputLimit) is > 0 and var configured ? configured : TokensOfATurn * request.MaxTurns;
        var effort = thinks ? request.Effort : "";
        if (limit == 0 && !Budgets.ContainsKey(effort))
            return;
        writer.WriteStartObject("generationConfig");
        if (limit > 0)
            writer.WriteNumber("maxOutputTokens", limit);
        if (Budgets.TryGetValue(effort, out var budget))
        {
            writer.WriteStartObject("thinkingConfig");
            if (model.StartsWith("gemini-3", StringComparison.Ordinal))
                writer.WriteString("thinkingLevel", effort == "xhigh" ? "high" : effort);
            else
                writer.WriteNumber("thinkingBudget", budget);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
