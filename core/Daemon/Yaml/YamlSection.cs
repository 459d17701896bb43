using System.Globalization;

namespace Donmai.Core.Daemon.Yaml;

/// <summary>
/// One mapping of <c>daemon.yaml</c>, read key by key. Absent and empty keys give <see langword="null"/>, so that an explicit 0 is not mistaken for
/// absence; what cannot be read is added to the violations with its full key and its line, and reading goes on.
/// </summary>
/// <param name="path">Full name of the mapping; empty for the whole file.</param>
/// <param name="line">Line it is on, or that encloses it when it is absent.</param>
/// <param name="mapping">The mapping; <see langword="null"/> when it is absent.</param>
/// <param name="violations">Where violations are added.</param>
internal sealed class YamlSection(string path, int line, YamlMapping? mapping, List<ConfigurationViolation> violations)
{
    /// <summary>Whether it is written in the file.</summary>
    public bool IsThere => mapping is not null;

    /// <summary>The nested mapping <paramref name="key"/>; an empty one when it is absent.</summary>
    public YamlSection Section(string key) => new(PathOf(key), LineOf(key), Child<YamlMapping>(key, "a mapping"), violations);

    /// <summary>All keys whose value is a mapping, with that mapping.</summary>
    public IEnumerable<(string Key, YamlSection Section)> Sections() =>
        from entry in mapping?.All() ?? []
        where entry.Value.Resolved is YamlMapping
        select (entry.Key.Text, Section(entry.Key.Text));

    /// <summary>All its keys.</summary>
    public IEnumerable<string> Keys() => (mapping?.All() ?? []).Select(static entry => entry.Key.Text);

    /// <summary>The mappings of the list <paramref name="key"/>, each named with its zero-based index.</summary>
    public List<YamlSection> Items(string key)
    {
        var sections = new List<YamlSection>();
        var items = Child<YamlSequence>(key, "a list")?.Items ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{PathOf(key)}[{i}]");
            if (items[i].Resolved is YamlMapping item)
                sections.Add(new YamlSection(name, items[i].Line, item, violations));
            else
                violations.Add(new ConfigurationViolation(name, items[i].Line, $"{name} must be a mapping"));
        }

        return sections;
    }

    /// <summary>The texts of the list <paramref name="key"/>.</summary>
    public List<string> Texts(string key)
    {
        var texts = new List<string>();
        var items = Child<YamlSequence>(key, "a list")?.Items ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{PathOf(key)}[{i}]");
            if (items[i].Resolved is YamlScalar { IsNull: false, Text: { Length: > 0 } text })
                texts.Add(text);
            else
                violations.Add(new ConfigurationViolation(name, items[i].Line, $"{name} must be a text"));
        }

        return texts;
    }

    /// <summary>A text.</summary>
    public string? Text(string key)
    {
        if (Child<YamlScalar>(key, "a text") is not { } scalar)
            return null;
        if (scalar.Text.Any(char.IsControl))
            Violate(key, "contains a control character");
        return scalar.Text;
    }

    /// <summary>A text; a list of texts is one with commas between them.</summary>
    public string? TextOrTexts(string key) =>
        mapping?.Find(key)?.Value.Resolved is YamlSequence ? string.Join(',', Texts(key)) : Text(key);

    /// <summary>A text of several lines that must be there and must not be blank.</summary>
    public string Passage(string key)
    {
        var before = violations.Count;
        var text = Child<YamlScalar>(key, "a text")?.Text ?? "";
        if (string.IsNullOrWhiteSpace(text) && violations.Count == before)
            Violate(key, "is required");
        return text;
    }

    /// <summary>The entries of the list <paramref name="key"/>, each a text or a mapping.</summary>
    public List<(string? Text, YamlSection? Section)> TextsOrSections(string key)
    {
        var entries = new List<(string?, YamlSection?)>();
        var items = Child<YamlSequence>(key, "a list")?.Items ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{PathOf(key)}[{i}]");
            if (items[i].Resolved is YamlMapping item)
                entries.Add((null, new YamlSection(name, items[i].Line, item, violations)));
            else if (items[i].Resolved is YamlScalar { IsNull: false, Text: { Length: > 0 } text })
                entries.Add((text, null));
            else
                violations.Add(new ConfigurationViolation(name, items[i].Line, $"{name} must be a text or a mapping"));
        }

        return entries;
    }

    /// <summary>A text that must be there and must not be empty.</summary>
    public string Required(string key)
    {
        var before = violations.Count;
        var text = Text(key);
        if (string.IsNullOrWhiteSpace(text) && violations.Count == before)
            Violate(key, "is required");
        return text ?? "";
    }

    /// <summary>A text out of a closed list; empty counts as absent.</summary>
    public string? OneOf(string key, params string[] allowed)
    {
        var text = Text(key);
        if (text is null or "")
            return null;
        if (!allowed.Contains(text, StringComparer.Ordinal))
            Violate(key, $"is \"{text}\"; it must be one of {string.Join(", ", allowed)}");
        return text;
    }

    /// <summary>A whole number between two bounds.</summary>
    public int? Whole(string key, int minimum, int maximum = int.MaxValue)
    {
        if (Child<YamlScalar>(key, "a whole number") is not { } scalar)
            return null;
        if (!int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            Violate(key, $"is \"{scalar.Text}\"; it must be a whole number");
        else if (number < minimum || number > maximum)
            Violate(key, string.Create(CultureInfo.InvariantCulture, $"is {number}; it must be {Range(minimum, maximum)}"));
        return number;
    }

    /// <summary>A finite number.</summary>
    public double? Number(string key)
    {
        if (Child<YamlScalar>(key, "a number") is not { } scalar)
            return null;
        if (!double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            Violate(key, $"is \"{scalar.Text}\"; it must be a number");
        return number;
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool? Flag(string key)
    {
        if (Child<YamlScalar>(key, "true or false") is not { } scalar)
            return null;
        if (!bool.TryParse(scalar.Text, out var flag))
            Violate(key, $"is \"{scalar.Text}\"; it must be true or false");
        return flag;
    }

    /// <summary>Full name of a key of this mapping.</summary>
    public string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>Says what is wrong with a key of this mapping.</summary>
    /// <param name="key">The key.</param>
    /// <param name="what">What is wrong, as the rest of a sentence that begins with the key's full name.</param>
    public void Violate(string key, string what) =>
        violations.Add(new ConfigurationViolation(PathOf(key), LineOf(key), $"{PathOf(key)} {what}"));

    private static string Range(int minimum, int maximum) =>
        maximum == int.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"at least {minimum}")
            : string.Create(CultureInfo.InvariantCulture, $"{minimum} to {maximum}");

    private int LineOf(string key) => mapping?.Find(key)?.Key.Line ?? line;

    private TValue? Child<TValue>(string key, string expected)
        where TValue : YamlValue
    {
        switch (mapping?.Find(key)?.Value.Resolved)
        {
            case null or YamlScalar { IsNull: true }:
                return null;
            case TValue wanted:
                return wanted;
            default:
                Violate(key, $"must be {expected}");
                return null;
        }
    }
}
