using System.Text.Json;
using System.Text.Json.Nodes;

namespace Donmai.FakePlatform;

/// <summary>A JSON object that arrived, and what has to be in it. Whatever is wrong is a 400 that names the field.</summary>
internal sealed class JsonBody(JsonObject root)
{
    public JsonObject Root { get; } = root;

    /// <summary>Reads a body of this protocol; the fields of the older one, which are in snake_case, are refused (platform-api.md §15).</summary>
    public static JsonBody Parse(ReadOnlySpan<byte> utf8)
    {
        var body = Any(utf8) is JsonObject root ? new JsonBody(root) : throw RefusedException.Bad("the body is not a JSON object");
        body.RefuseSnakeCase();
        return body;
    }

    /// <summary>Any JSON value.</summary>
    public static JsonNode? Any(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonNode.Parse(utf8);
        }
        catch (JsonException problem)
        {
            throw RefusedException.Bad($"the body is not JSON: {problem.Message}");
        }
    }

    public string Text(string name) =>
        OptionalText(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw RefusedException.Bad($"\"{name}\" is missing or blank");

    public string? OptionalText(string name) => Root[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw RefusedException.Bad($"\"{name}\" is not a string"),
    };

    public int Integer(string name, int least) =>
        OptionalInteger(name) is { } number && number >= least ? number : throw RefusedException.Bad($"\"{name}\" is not a whole number of at least {least}");

    public int? OptionalInteger(string name) => Root[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<int>(out var number) => number,
        _ => throw RefusedException.Bad($"\"{name}\" is not a whole number"),
    };

    public JsonBody Object(string name) => OptionalObject(name) ?? throw RefusedException.Bad($"\"{name}\" is not an object");

    public JsonBody? OptionalObject(string name) => Root[name] switch
    {
        null => null,
        JsonObject inner => new JsonBody(inner),
        _ => throw RefusedException.Bad($"\"{name}\" is not an object"),
    };

    /// <summary>The objects of a list; <see langword="null"/> where there is no list.</summary>
    public List<JsonBody>? Objects(string name) =>
        List(name)?.Select(entry => entry is JsonObject inner ? new JsonBody(inner) : throw RefusedException.Bad($"\"{name}\" has an entry that is not an object")).ToList();

    /// <summary>The strings of a list; <see langword="null"/> where there is no list.</summary>
    public List<string>? Texts(string name) =>
        List(name)?.Select(entry => entry is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw RefusedException.Bad($"\"{name}\" has an entry that is not a string")).ToList();

    /// <summary>As a value that can be kept.</summary>
    public JsonElement Element() => Root.Deserialize(PlatformJson.Default.JsonElement);

    private JsonArray? List(string name) => Root[name] switch
    {
        null => null,
        JsonArray list => list,
        _ => throw RefusedException.Bad($"\"{name}\" is not a list"),
    };

    private void RefuseSnakeCase()
    {
        if (Root.Select(static field => field.Key).FirstOrDefault(static name => name.Contains('_', StringComparison.Ordinal)) is { } name)
            throw RefusedException.Bad($"\"{name}\" is a field of the older worker protocol, which is not spoken here; fields are camelCase");
    }
}
