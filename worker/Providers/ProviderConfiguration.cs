using System.Text.Json;

namespace Donmai.Worker.Providers;

/// <summary>The free-form configuration of a profile: a JSON object, read key by key, never failing on a wrong type (worker.md §1.5).</summary>
internal sealed class ProviderConfiguration
{
    private readonly Dictionary<string, JsonElement> _values;

    private ProviderConfiguration(Dictionary<string, JsonElement> values) => _values = values;

    /// <summary>No keys.</summary>
    public static ProviderConfiguration Empty { get; } = new(new Dictionary<string, JsonElement>(StringComparer.Ordinal));

    /// <summary>Reads a JSON object; anything else is empty.</summary>
    public static ProviderConfiguration From(JsonText? json)
    {
        if (json is null)
            return Empty;
        using var document = JsonDocument.Parse(json.Text);
        return document.RootElement.ValueKind != JsonValueKind.Object
            ? Empty
            : new ProviderConfiguration(
                document.RootElement.EnumerateObject()
                    .GroupBy(static member => member.Name, StringComparer.Ordinal)
                    .ToDictionary(static group => group.Key, static group => group.Last().Value.Clone(), StringComparer.Ordinal));
    }

    /// <summary>The same with one number more, which wins; a number that is not positive adds nothing.</summary>
    public ProviderConfiguration With(string key, int value)
    {
        if (value <= 0)
            return this;
        var values = new Dictionary<string, JsonElement>(_values, StringComparer.Ordinal);
        using var document = JsonDocument.Parse(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        values[key] = document.RootElement.Clone();
        return new ProviderConfiguration(values);
    }

    /// <summary>A non-empty text, or <see langword="null"/>.</summary>
    public string? Text(string key) =>
        _values.TryGetValue(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>A number that is not negative, its fraction cut, or <see langword="null"/>.</summary>
    public int? Number(string key) =>
        _values.TryGetValue(key, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            && number is >= 0 and <= int.MaxValue
            ? (int)number
            : null;

    /// <summary>Whether the key is <c>true</c>.</summary>
    public bool Flag(string key) => _values.TryGetValue(key, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>Any value, or <see langword="null"/>.</summary>
    public JsonElement? Value(string key) => _values.TryGetValue(key, out var value) ? value : null;
}
