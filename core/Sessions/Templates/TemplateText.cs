using System.Text;
using System.Text.RegularExpressions;

namespace Donmai.Core.Sessions.Templates;

/// <summary>
/// The text of a template: a subset of Handlebars (worker.md §7.6) with <c>{{x}}</c>, <c>{{#if}}…{{else}}…{{/if}}</c>, <c>{{#unless}}</c>,
/// <c>{{> part}}</c> and the comparisons <c>eq</c>, <c>neq</c>, <c>hasFlag</c>. Values are put in as they are.
/// </summary>
public sealed partial class TemplateText
{
    private const int MostNested = 10;

    private readonly string _file;
    private readonly IReadOnlyDictionary<string, string> _values;
    private readonly Func<string, string?> _part;
    private readonly List<Match> _tags;
    private readonly string _text;
    private readonly int _depth;
    private int _next;

    private TemplateText(string file, string text, IReadOnlyDictionary<string, string> values, Func<string, string?> part, int depth)
    {
        _file = file;
        _text = Standalone().Replace(text, "${tag}");
        _values = values;
        _part = part;
        _depth = depth;
        _tags = [.. Tag().Matches(_text).Cast<Match>()];
    }

    /// <summary>Names of the parts a text includes.</summary>
    public static IEnumerable<string> PartsOf(string text) =>
        Tag().Matches(text).Cast<Match>().Select(static tag => tag.Groups["body"].Value).Where(static body => body.StartsWith('>')).Select(static body => body[1..].Trim());

    /// <summary>Fills a text.</summary>
    /// <param name="file">Name of the template, for messages.</param>
    /// <param name="text">The text.</param>
    /// <param name="values">Values by name.</param>
    /// <param name="part">Text of a part by its name; <see langword="null"/> when there is none.</param>
    /// <exception cref="PromptTemplateException">The text is malformed, or names something that does not exist.</exception>
    public static string Render(string file, string text, IReadOnlyDictionary<string, string> values, Func<string, string?> part) =>
        new TemplateText(file, text, values, part, 0).Whole();

    private string Whole()
    {
        var output = new StringBuilder();
        var position = Until(0, null, output, isWritten: true, out var closing);
        return closing is null ? output.ToString() : throw Wrong(position, $"{{{{{closing}}}}} closes nothing");
    }

    // Writes up to the end of a block; returns where its closing tag ends.
    private int Until(int position, string? block, StringBuilder output, bool isWritten, out string? closing)
    {
        while (_next < _tags.Count)
        {
            var tag = _tags[_next++];
            if (isWritten)
                output.Append(_text, position, tag.Index - position);
            position = tag.Index + tag.Length;
            var body = tag.Groups["body"].Value;
            if (body == "else" || body.StartsWith('/'))
            {
                closing = body;
                return position;
            }

            if (body.StartsWith('#'))
                position = Block(body[1..].Trim(), position, output, isWritten);
            else if (isWritten)
                output.Append(body.StartsWith('>') ? Part(body[1..].Trim(), tag.Index) : Value(body, tag.Index));
        }

        if (block is not null)
            throw Wrong(position, $"{{{{#{block}}}}} is not closed");
        if (isWritten)
            output.Append(_text, position, _text.Length - position);
        closing = null;
        return position;
    }

    private int Block(string body, int position, StringBuilder output, bool isWritten)
    {
        var words = Words().Matches(body).Cast<Match>().Select(static word => word.Value).ToList();
        var name = words.Count > 0 ? words[0] : "";
        var holds = Holds(name, words, position);
        position = Until(position, name, output, isWritten && holds, out var closing);
        if (closing == "else")
            position = Until(position, name, output, isWritten && !holds, out closing);
        return closing == $"/{name}" ? position : throw Wrong(position, $"{{{{#{name}}}}} is closed by {{{{{closing}}}}}");
    }

    private bool Holds(string name, List<string> words, int position) => name switch
    {
        "if" => Condition(words[1..], position),
        "unless" => !Condition(words[1..], position),
        "eq" or "neq" or "hasFlag" => Condition(words, position),
        _ => throw Wrong(position, $"there is no block '{name}'"),
    };

    private bool Condition(List<string> words, int position)
    {
        if (words is ["(", .. var inner, ")"])
            words = inner;
        return words switch
        {
            [var value] => !string.IsNullOrWhiteSpace(Value(value, position)),
            ["eq", var first, var second] => Value(first, position) == Value(second, position),
            ["neq", var first, var second] => Value(first, position) != Value(second, position),
            ["hasFlag", var flags, var flag] =>
                Value(flags, position).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Contains(Value(flag, position), StringComparer.Ordinal),
            _ => throw Wrong(position, $"'{string.Join(' ', words)}' is no condition"),
        };
    }

    private string Value(string word, int position)
    {
        word = word.Trim();
        if (word.Length >= 2 && word[0] is '"' or '\'' && word[^1] == word[0])
            return word[1..^1];
        return _values.TryGetValue(word, out var value)
            ? value
            : throw Wrong(position, $"there is no variable '{word}'; there are {string.Join(", ", _values.Keys.Order(StringComparer.Ordinal))}");
    }

    private string Part(string name, int position)
    {
        if (_part(name) is not { } text)
            throw Wrong(position, $"there is no part '{name}'");
        return _depth < MostNested
            ? new TemplateText($"{_file} (part {name})", text, _values, _part, _depth + 1).Whole()
            : throw Wrong(position, $"parts are nested more than {MostNested} deep");
    }

    private PromptTemplateException Wrong(int position, string what) =>
        new($"{_file}: line {_text.AsSpan(0, Math.Min(position, _text.Length)).Count('\n') + 1} of the text: {what}");

    [GeneratedRegex(@"\{\{\{?\s*(?<body>[^{}]*?)\s*\}\}\}?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Tag();

    // A line that holds nothing but one of these tags is not a line of the text.
    [GeneratedRegex(@"^[ \t]*(?<tag>\{\{\s*(#|/|else\b)[^{}]*\}\})[ \t]*\r?\n", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex Standalone();

    [GeneratedRegex(@"""[^""]*""|'[^']*'|[()]|[^\s()]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Words();
}
