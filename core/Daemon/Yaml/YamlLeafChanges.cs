using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Donmai.Core.Daemon.Yaml;

/// <summary>What a text says after a change, worked out from what it said before: the proof of an edit.</summary>
internal static class YamlLeafChanges
{
    /// <summary>After a value was set.</summary>
    public static SortedDictionary<string, string> Set(SortedDictionary<string, string> leaves, string path, JsonNode value)
    {
        var changed = Unset(leaves, path);
        Add(changed, path, value);
        return changed;
    }

    /// <summary>After a value was taken out.</summary>
    public static SortedDictionary<string, string> Unset(SortedDictionary<string, string> leaves, string path) =>
        Map(leaves, key => IsWithin(key, path) ? null : key);

    /// <summary>After a key got another name.</summary>
    public static SortedDictionary<string, string> Rename(SortedDictionary<string, string> leaves, string path, string to) =>
        Map(leaves, key => IsWithin(key, path) ? to + key[path.Length..] : key);

    /// <summary>After an item was taken out of a list; those behind it move up.</summary>
    public static SortedDictionary<string, string> RemoveItem(SortedDictionary<string, string> leaves, string path, int index, int count)
    {
        var changed = Unset(leaves, Item(path, index));
        for (var i = index + 1; i < count; i++)
            changed = Rename(changed, Item(path, i), Item(path, i - 1));
        return changed;
    }

    private static SortedDictionary<string, string> Map(SortedDictionary<string, string> leaves, Func<string, string?> map)
    {
        var changed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, text) in leaves)
        {
            if (map(key) is { } name)
                changed[name] = text;
        }

        return changed;
    }

    private static void Add(SortedDictionary<string, string> leaves, string path, JsonNode? value)
    {
        switch (value)
        {
            case null:
                break;
            case JsonObject mapping:
                foreach (var entry in mapping)
                    Add(leaves, $"{path}.{entry.Key}", entry.Value);
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                    Add(leaves, Item(path, i), list[i]);
                break;
            default:
                leaves[path] = value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
                break;
        }
    }

    private static bool IsWithin(string key, string path) =>
        key.StartsWith(path, StringComparison.Ordinal) && (key.Length == path.Length || key[path.Length] is '.' or '[');

    private static string Item(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
