using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Donmai.Routing;

namespace Donmai.Cli.Routing;

/// <summary><c>--suppose codex:alpha=20,beta=2,cents=12,seconds=90</c>: values in place of what was learnt.</summary>
internal static class SupposeOption
{
    private const double MillisecondsPerSecond = 1000;

    /// <summary>Makes it.</summary>
    public static Option<List<SupposedExperience>> Create() => new("--suppose")
    {
        Description = "Values in place of what was learnt: codex:alpha=20,beta=2,cents=12,seconds=90. May be repeated.",
        HelpName = "VALUES",
        CustomParser = Parse,
        Arity = ArgumentArity.OneOrMore,
    };

    private static List<SupposedExperience> Parse(ArgumentResult argument)
    {
        var supposed = new List<SupposedExperience>();
        foreach (var text in argument.Tokens.Select(static token => token.Value))
        {
            if (Read(text) is { } read)
                supposed.Add(read);
            else
                argument.AddError($"'{text}' cannot be supposed; write it like codex:alpha=20,beta=2,cents=12,seconds=90.");
        }

        return supposed;
    }

    private static SupposedExperience? Read(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            return null;
        SupposedExperience? supposed = new() { ProviderId = text[..colon] };
        foreach (var pair in text[(colon + 1)..].Split(','))
        {
            if (pair.Split('=') is not [var name, var value] || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
                return null;
            supposed = name switch
            {
                "alpha" => supposed with { Alpha = number },
                "beta" => supposed with { Beta = number },
                "cents" => supposed with { CostCents = number },
                "seconds" => supposed with { LatencyMs = number * MillisecondsPerSecond },
                _ => null,
            };
            if (supposed is null)
                return null;
        }

        return supposed;
    }
}
