using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Donmai.Worker.Providers.Ollama;

/// <summary>The body of a question: the whole conversation so far, because the server keeps none (worker.md §4.7).</summary>
internal static class OllamaRequest
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Composes it.</summary>
    /// <param name="request">Model, effort, limits.</param>
    /// <param name="history">What was said so far, by role.</param>
    /// <param name="thinks">Whether the effort is passed on.</param>
    public static byte[] Compose(AgentRequest request, IEnumerable<(string Role, string Content)> history, bool thinks)
    {
        var body = new JsonObject
        {
            ["model"] = request.Model,
            ["messages"] = new JsonArray([.. history.Select(static message => new JsonObject { ["role"] = message.Role, ["content"] = message.Content })]),
            ["stream"] = true,
        };
        if (thinks && Think(request.Effort) is { } level)
            body["think"] = level;
        var options = new JsonObject();
        if (request.Configuration.Number(UnhonouredFields.OutputLimit) is > 0 and var output)
            options["num_predict"] = output;
        if (request.Configuration.Number(UnhonouredFields.ContextWindow) is > 0 and var context)
            options["num_ctx"] = context;
        if (options.Count > 0)
            body["options"] = options;
        using var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content, Readable))
            body.WriteTo(writer);
        return content.ToArray();
    }

    // It knows three levels.
    private static string? Think(string effort) => effort switch
    {
        "" => null,
        "xhigh" => "high",
        _ => effort,
    };
}
