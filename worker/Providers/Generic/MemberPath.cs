using System.Globalization;
using System.Text.Json;

namespace Donmai.Worker.Providers.Generic;

/// <summary>Finds members of JSON by names joined with dots; a number is the element of a list.</summary>
internal static class MemberPath
{
    private static readonly HashSet<string> Good = new(StringComparer.OrdinalIgnoreCase) { "true", "ok", "success", "succeeded", "complete", "completed", "passed", "done" };

    /// <summary>The value, or <see langword="null"/>; a JSON <c>null</c> counts as absent.</summary>
    public static JsonElement? Find(JsonElement element, string path)
    {
        JsonElement? found = element;
        foreach (var name in path.Split('.'))
            found = found is not { } here ? null
                : here.ValueKind == JsonValueKind.Array ? Element(here, name)
                : ForeignJson.Member(here, name);
        return found is { ValueKind: JsonValueKind.Null } ? null : found;
    }

    /// <summary>The value as text: a text as it is, anything else as its JSON; empty when it is absent.</summary>
    public static string Text(JsonElement element, string path) => Find(element, path) is { } value ? ForeignJson.Written(value) : "";

    /// <summary>A number, or <see langword="null"/>.</summary>
    public static double? Number(JsonElement element, string path) =>
        Find(element, path) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>Whether a value says that all is well; <see langword="null"/> when it is absent.</summary>
    public static bool? IsGood(JsonElement element, string path) => Find(element, path) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.String } word => Good.Contains(ForeignJson.Text(word)),
        _ => false,
    };

    private static JsonElement? Element(JsonElement list, string index) =>
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < list.GetArrayLength() ? list[at] : null;
}
