using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Donmai.Cli;

/// <summary>Options whose value is a duration: <c>90s</c>, <c>30m</c>, <c>2h</c>, <c>7d</c>; a number alone is seconds.</summary>
internal static class DurationOption
{
    private const long Largest = 1_000_000;

    /// <summary>Makes one.</summary>
    public static Option<TimeSpan?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = Parse,
    };

    /// <summary>Reads a duration.</summary>
    public static bool TryRead(string text, out TimeSpan duration)
    {
        var unit = text.Length > 0 && char.IsAsciiLetter(text[^1]) ? text[^1] : 's';
        duration = long.TryParse(text.TrimEnd(unit), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Largest
            ? unit switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                _ => TimeSpan.Zero,
            }
            : TimeSpan.Zero;
        return duration > TimeSpan.Zero;
    }

    private static TimeSpan? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (TryRead(text, out var duration))
            return duration;
        argument.AddError($"'{text}' is not a duration; write it like 90s, 30m or 2h.");
        return null;
    }
}
