using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Donmai.Silo.Tests.Gateway.Description;

/// <summary>docs/control-api.md, made from the OpenAPI document and nothing else.</summary>
/// <param name="document">The document.</param>
internal sealed class ControlApiPage(JsonElement document)
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StringBuilder _text = new();

    /// <summary>The page in Markdown.</summary>
    public string Write()
    {
        _text.Append("# Control API\n\n")
            .Append("<!-- Generated from /openapi/v1.json. To bring it up to date:\n")
            .Append("     DONMAI_WRITE_CONTROL_API=1 dotnet test tests/Donmai.Silo.Tests --filter Control_API_page -->\n\n")
            .Append(document.GetProperty("info").GetProperty("description").GetString()!.Trim()).Append("\n\n");
        Routes();
        Errors();
        foreach (var tag in document.GetProperty("tags").EnumerateArray().Select(static tag => tag.GetProperty("name").GetString()!))
        {
            _text.Append(CultureInfo.InvariantCulture, $"## {tag}\n\n");
            foreach (var operation in Operations().Where(operation => operation.Tag == tag))
                Write(operation);
        }

        Records();
        return _text.ToString().TrimEnd() + "\n";
    }

    private void Routes()
    {
        _text.Append("## Routes\n\n| Method | Path | |\n|---|---|---|\n");
        foreach (var operation in Operations())
            _text.Append(CultureInfo.InvariantCulture, $"| {operation.Method} | [`{operation.Path}`](#{operation.Anchor}) | {operation.Text("summary")} |\n");
        _text.Append('\n');
    }

    private void Errors()
    {
        _text.Append("## Errors\n\nEvery answer that is not a success says in words what is wrong: `{\"error\": …}` with the keys of [ErrorBody](#errorbody); ")
            .Append("the actions and the capacity keep their own shape, with `ok` false and a `message`. Any route may answer:\n\n")
            .Append("| Status | When | Example |\n|---|---|---|\n");
        foreach (var response in document.GetProperty("components").GetProperty("responses").EnumerateObject().OrderBy(StatusOf))
            _text.Append(CultureInfo.InvariantCulture, $"| {StatusOf(response)} | {Cell(response.Value.GetProperty("description").GetString())} | {OnOneLine(ExampleOf(response.Value)!.Value)} |\n");
        _text.Append('\n');
    }

    private int StatusOf(JsonProperty common) => Operations()
        .SelectMany(static operation => operation.Element.GetProperty("responses").EnumerateObject())
        .Where(response => Reference(response.Value) == common.Name)
        .Select(static response => int.Parse(response.Name, CultureInfo.InvariantCulture))
        .First();

    private void Write(ApiOperation operation)
    {
        _text.Append(CultureInfo.InvariantCulture, $"### {operation.Title}\n\n{operation.Text("summary")}.");
        if (operation.Text("description") is { Length: > 0 } remarks)
            _text.Append(' ').Append(remarks.ReplaceLineEndings(" "));
        _text.Append("\n\n");
        Parameters(operation.Element);
        Body(operation.Element);
        Answers(operation.Element);
    }

    private void Parameters(JsonElement operation)
    {
        if (!operation.TryGetProperty("parameters", out var parameters))
            return;
        _text.Append("| Parameter | In | Meaning |\n|---|---|---|\n");
        foreach (var parameter in parameters.EnumerateArray())
        {
            var name = parameter.GetProperty("name").GetString();
            var only = parameter.GetProperty("schema").TryGetProperty("enum", out var values) ? $"={values[0].GetString()}" : "";
            _text.Append(CultureInfo.InvariantCulture, $"| `{name}{only}` | {parameter.GetProperty("in").GetString()} | {Cell(parameter.GetProperty("description").GetString())} |\n");
        }

        _text.Append('\n');
    }

    private void Body(JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
            return;
        var optional = body.TryGetProperty("required", out var required) && required.GetBoolean() ? "" : ", which may be absent";
        _text.Append(CultureInfo.InvariantCulture, $"Body: {TypeOf(body.GetProperty("content").GetProperty("application/json").GetProperty("schema"))}{optional}.\n\n");
        Example(ExampleOf(body));
    }

    private void Answers(JsonElement operation)
    {
        _text.Append("| Status | When | Body |\n|---|---|---|\n");
        var own = operation.GetProperty("responses").EnumerateObject().Where(static response => Reference(response.Value) is null).ToList();
        foreach (var response in own)
            _text.Append(CultureInfo.InvariantCulture, $"| {response.Name} | {Cell(response.Value.GetProperty("description").GetString())} | {BodyOf(response.Value)} |\n");
        _text.Append('\n');
        Example(ExampleOf(own[0].Value));
        foreach (var refusal in own.Skip(1).Where(static response => response.Name.StartsWith('4')))
        {
            if (ExampleOf(refusal.Value) is { } example)
                _text.Append(CultureInfo.InvariantCulture, $"{refusal.Name}: {OnOneLine(example)}\n\n");
        }
    }

    private static string BodyOf(JsonElement response)
    {
        var (type, content) = response.GetProperty("content").EnumerateObject().Select(static content => (content.Name, content.Value)).Single();
        return type switch
        {
            "application/json" => TypeOf(content.GetProperty("schema")),
            "application/x-ndjson" => $"{TypeOf(content.GetProperty("schema"))}, one a line",
            _ => $"`{type}`",
        };
    }

    private void Example(JsonElement? example)
    {
        if (example is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } json)
            _text.Append(CultureInfo.InvariantCulture, $"```json\n{JsonSerializer.Serialize(json, Pretty)}\n```\n\n");
        else if (example is { ValueKind: JsonValueKind.String } text)
            _text.Append(CultureInfo.InvariantCulture, $"```\n{text.GetString()}\n```\n\n");
    }

    private void Records()
    {
        _text.Append("## Records\n\nA key that is not \"always\" there is left out when it is empty.\n\n");
        var records = document.GetProperty("components").GetProperty("schemas").EnumerateObject();
        foreach (var record in records.OrderBy(static record => record.Name, StringComparer.Ordinal))
        {
            _text.Append(CultureInfo.InvariantCulture, $"### {record.Name}\n\n{Text(record.Value, "description")}\n\n");
            if (record.Value.TryGetProperty("enum", out var words))
                _text.Append(string.Join(", ", words.EnumerateArray().Select(static word => $"`{word.GetString()}`"))).Append("\n\n");
            if (record.Value.TryGetProperty("anyOf", out var kinds))
                Kinds(kinds);
            Keys(record.Value, IsSent(record.Name) ? "required" : "always");
        }
    }

    private void Kinds(JsonElement kinds)
    {
        _text.Append("One of:\n\n");
        foreach (var kind in kinds.EnumerateArray())
            _text.Append(CultureInfo.InvariantCulture, $"* {TypeOf(kind)}\n");
        _text.Append('\n');
    }

    private bool IsSent(string record) => Operations().Any(operation => operation.Element.TryGetProperty("requestBody", out var body)
        && Reference(body.GetProperty("content").GetProperty("application/json").GetProperty("schema")) == record);

    private void Keys(JsonElement record, string there)
    {
        if (!record.TryGetProperty("properties", out var keys))
            return;
        var always = record.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(static key => key.GetString()).ToHashSet() : [];
        _text.Append("| Key | Type | | Meaning |\n|---|---|---|---|\n");
        foreach (var key in keys.EnumerateObject())
            _text.Append(CultureInfo.InvariantCulture, $"| `{key.Name}` | {TypeOf(key.Value)} | {(always.Contains(key.Name) ? there : "")} | {Cell(Text(key.Value, "description"))} |\n");
        _text.Append('\n');
    }

    private static string TypeOf(JsonElement schema)
    {
        if (Reference(schema) is { } record)
            return $"[{record}](#{record.ToLowerInvariant()})";
        if (schema.TryGetProperty("enum", out var words))
            return string.Join(", ", words.EnumerateArray().Select(static word => $"`{word.GetString()}`"));
        return Text(schema, "type") switch
        {
            "array" => $"list of {TypeOf(schema.GetProperty("items"))}",
            "object" when schema.TryGetProperty("additionalProperties", out var values) => $"map to {TypeOf(values)}",
            "string" when Text(schema, "format") is "date-time" => "moment",
            "" => "any JSON",
            var type => type,
        };
    }

    private static JsonElement? ExampleOf(JsonElement answer) =>
        answer.GetProperty("content").EnumerateObject().First().Value.TryGetProperty("example", out var example) ? example : null;

    private static string OnOneLine(JsonElement example) => $"`{JsonSerializer.Serialize(example, Compact)}`";

    private static string? Reference(JsonElement element) =>
        element.TryGetProperty("$ref", out var reference) ? reference.GetString()!.Split('/')[^1] : null;

    private static string Text(JsonElement element, string key) =>
        element.TryGetProperty(key, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString()!.Trim() : "";

    private static string Cell(string? text) => (text ?? "").ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    private IEnumerable<ApiOperation> Operations() => document.GetProperty("paths").EnumerateObject()
        .SelectMany(static path => path.Value.EnumerateObject().Select(method => new ApiOperation(method.Name.ToUpperInvariant(), path.Name, method.Value)));
}
