using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Donmai.Core.Daemon.Yaml;

/// <summary>Writes new values as YAML.</summary>
/// <param name="newline">How lines end.</param>
internal sealed partial class YamlLines(string newline)
{
    private const int Step = 2;

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "false", "yes", "no", "on", "off", "null", "y", "n",
    };

    /// <summary>Whether a value needs lines of its own outside of braces and brackets.</summary>
    public static bool IsBlock(JsonNode? value) => value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 };

    /// <summary>A value within a line.</summary>
    public static string Inline(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject { Count: 0 } => "{}",
        JsonObject mapping => $"{{ {string.Join(", ", mapping.Select(static entry => $"{Text(entry.Key)}: {Inline(entry.Value)}"))} }}",
        JsonArray list => $"[{string.Join(", ", list.Select(Inline))}]",
        _ when value.GetValueKind() is JsonValueKind.String => Text(value.GetValue<string>()),
        _ => value.ToJsonString(),
    };

    /// <summary>A text, in quotes where it could be taken for something else.</summary>
    public static string Text(string text) => Plain().IsMatch(text) && !Words.Contains(text) ? text : Quoted(text);

    /// <summary>A text in double quotes.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text)
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsControl(character) || character is '\u2028' or '\u2029' or '\ufeff' => quoted.Append("\\u").Append(((int)character).ToString("X4")),
                _ => quoted.Append(character),
            };
        return quoted.Append('"').ToString();
    }

    /// <summary>A key with its value, from the place where the key begins.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="indent">Column of the key.</param>
    public string Entry(string key, JsonNode? value, int indent) =>
        IsBlock(value) ? $"{Text(key)}:{newline}{Block(value!, indent + Step)}" : $"{Text(key)}: {Inline(value)}";

    /// <summary>The lines of a mapping or of a list, from the start of the first line.</summary>
    /// <param name="value">A mapping or a list that is not empty.</param>
    /// <param name="indent">Column of its keys or dashes.</param>
    public string Block(JsonNode value, int indent) => string.Join(newline, value switch
    {
        JsonObject mapping => mapping.Select(entry => Pad(indent) + Entry(entry.Key, entry.Value, indent)),
        _ => value.AsArray().Select(item => Pad(indent) + Item(item, indent)),
    });

    /// <summary>An item of a list, from its dash.</summary>
    /// <param name="item">The item.</param>
    /// <param name="indent">Column of the dash.</param>
    public string Item(JsonNode? item, int indent) =>
        item is JsonObject { Count: > 0 } ? "- " + Block(item, indent + Step).TrimStart(' ') : $"- {Inline(item)}";

    private static string Pad(int indent) => new(' ', indent);

    [GeneratedRegex("^([A-Za-z_/]|~/)[A-Za-z0-9_/.@+~-]*(://[A-Za-z0-9_/.@+~-]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();
}
