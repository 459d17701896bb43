using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Donmai.Core.Daemon;

/// <summary>
/// One mapping of a YAML document, read key by key. Absent and empty keys give <see langword="null"/>, so that an explicit 0 is not mistaken for
/// absence; what cannot be read is added to the violations with its full key, and reading goes on.
/// </summary>
internal sealed class YamlSection(string path, YamlMappingNode? node, List<string> violations)
{
    /// <summary>The nested mapping <paramref name="key"/>; an empty one when it is absent.</summary>
    public YamlSection Section(string key) =>
        new(PathOf(key), Child<YamlMappingNode>(key, "a mapping"), violations);

    /// <summary>All keys whose value is a mapping, with that mapping.</summary>
    public IEnumerable<(string Key, YamlSection Section)> Sections() =>
        from entry in node?.Children.AsEnumerable() ?? []
        where entry is { Key: YamlScalarNode, Value: YamlMappingNode }
        let key = ((YamlScalarNode)entry.Key).Value!
        select (key, Section(key));

    /// <summary>The mappings of the list <paramref name="key"/>, each named with its zero-based index.</summary>
    public List<YamlSection> Items(string key)
    {
        var items = new List<YamlSection>();
        foreach (var item in Child<YamlSequenceNode>(key, "a list")?.Children ?? [])
        {
            var name = $"{PathOf(key)}[{items.Count}]";
            if (item is not YamlMappingNode)
                violations.Add($"{name} must be a mapping");
            items.Add(new YamlSection(name, item as YamlMappingNode, violations));
        }

        return items;
    }

    /// <summary>The texts of the list <paramref name="key"/>.</summary>
    public List<string> Texts(string key)
    {
        var texts = new List<string>();
        foreach (var item in Child<YamlSequenceNode>(key, "a list")?.Children ?? [])
        {
            if (item is YamlScalarNode { Value: { } text })
                texts.Add(text);
            else
                violations.Add($"{PathOf(key)}[{texts.Count}] must be a text");
        }

        return texts;
    }

    /// <summary>A text.</summary>
    public string? Text(string key) => Child<YamlScalarNode>(key, "a text")?.Value;

    /// <summary>A text that must be there and must not be empty.</summary>
    public string Required(string key)
    {
        var text = Text(key);
        if (string.IsNullOrWhiteSpace(text))
            violations.Add($"{PathOf(key)} is required");
        return text ?? "";
    }

    /// <summary>A text out of a closed list; empty counts as absent.</summary>
    public string? OneOf(string key, params string[] allowed)
    {
        var text = Text(key);
        if (text is null or "")
            return null;
        if (!allowed.Contains(text, StringComparer.Ordinal))
            violations.Add($"{PathOf(key)} is \"{text}\"; it must be one of {string.Join(", ", allowed)}");
        return text;
    }

    /// <summary>A whole number between two bounds.</summary>
    public int? Whole(string key, int minimum, int maximum = int.MaxValue)
    {
        if (Child<YamlScalarNode>(key, "a whole number") is not { } scalar)
            return null;
        if (!int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            violations.Add($"{PathOf(key)} is \"{scalar.Value}\"; it must be a whole number");
        else if (number < minimum || number > maximum)
            violations.Add($"{PathOf(key)} is {number}; it must be {Range(minimum, maximum)}");
        return number;
    }

    /// <summary>A finite number.</summary>
    public double? Number(string key)
    {
        if (Child<YamlScalarNode>(key, "a number") is not { } scalar)
            return null;
        if (!double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            violations.Add($"{PathOf(key)} is \"{scalar.Value}\"; it must be a number");
        return number;
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool? Flag(string key)
    {
        if (Child<YamlScalarNode>(key, "true or false") is not { } scalar)
            return null;
        if (!bool.TryParse(scalar.Value, out var flag))
            violations.Add($"{PathOf(key)} is \"{scalar.Value}\"; it must be true or false");
        return flag;
    }

    /// <summary>Full name of a key of this mapping.</summary>
    public string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Range(int minimum, int maximum) =>
        maximum == int.MaxValue ? $"at least {minimum}" : $"{minimum} to {maximum}";

    private TNode? Child<TNode>(string key, string expected)
        where TNode : YamlNode
    {
        if (node is null || !node.Children.TryGetValue(new YamlScalarNode(key), out var child) || IsEmpty(child))
            return null;
        if (child is not TNode wanted)
            violations.Add($"{PathOf(key)} must be {expected}");
        else
            return wanted;
        return null;
    }

    private static bool IsEmpty(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" or "Null" or "NULL" };
}
