using System.Globalization;
using System.Text.RegularExpressions;

namespace Donmai.Silo.Tests.Metrics;

/// <summary>Reads Prometheus's text format 0.0.4, and takes nothing that is not exactly that.</summary>
internal sealed partial class Exposition
{
    private readonly Dictionary<string, string> _types = [];
    private readonly Dictionary<string, double> _samples = [];

    /// <summary>Kinds by metric.</summary>
    public IReadOnlyDictionary<string, string> Types => _types;

    /// <summary>Values by name and labels, as written.</summary>
    public IReadOnlyDictionary<string, double> Samples => _samples;

    public static Exposition Parse(string text)
    {
        text.ShouldEndWith("\n");
        text.ShouldNotContain("\r");
        var read = new Exposition();
        var help = new HashSet<string>();
        var current = "";
        foreach (var line in text[..^1].Split('\n'))
        {
            if (HelpLine().Match(line) is { Success: true } about)
                help.Add(about.Groups["name"].Value).ShouldBeTrue($"twice: {line}");
            else if (TypeLine().Match(line) is { Success: true } type)
                read._types.TryAdd(current = type.Groups["name"].Value, type.Groups["type"].Value).ShouldBeTrue($"twice: {line}");
            else
                read.TakeSample(line, current);
        }

        help.ShouldBe(read._types.Keys, ignoreOrder: true);
        foreach (var histogram in read._types.Where(static type => type.Value == "histogram").Select(static type => type.Key))
            read.CheckHistogram(histogram);
        return read;
    }

    private void TakeSample(string line, string metric)
    {
        var sample = SampleLine().Match(line);
        sample.Success.ShouldBeTrue($"no sample: {line}");
        var name = sample.Groups["name"].Value;
        var ending = name.StartsWith(metric, StringComparison.Ordinal) ? name[metric.Length..] : name;
        ending.ShouldBeOneOf(_types[metric] == "histogram" ? ["_bucket", "_sum", "_count"] : [""]);
        var labels = LabelPair().Matches(sample.Groups["labels"].Value).Select(static pair => pair.Groups["name"].Value).ToList();
        labels.ShouldBe(labels.Distinct());
        var value = sample.Groups["value"].Value;
        _samples.TryAdd(name + sample.Groups["labels"].Value, value == "+Inf" ? double.PositiveInfinity : double.Parse(value, CultureInfo.InvariantCulture))
            .ShouldBeTrue($"twice: {line}");
    }

    private void CheckHistogram(string name)
    {
        foreach (var series in _samples.Where(sample => sample.Key.StartsWith(name + "_bucket", StringComparison.Ordinal)).GroupBy(static sample => Bound().Replace(sample.Key, "")))
        {
            var bounds = series.Select(static sample => Bound().Match(sample.Key).Groups["bound"].Value).ToList();
            bounds[^1].ShouldBe("+Inf");
            bounds[..^1].Select(static bound => double.Parse(bound, CultureInfo.InvariantCulture)).ShouldBeInOrder();
            series.Select(static sample => sample.Value).ShouldBeInOrder();
            var labels = series.Key[(name.Length + "_bucket".Length)..];
            _samples[name + "_count" + (labels == "{}" ? "" : labels)].ShouldBe(series.Last().Value);
            _samples.ShouldContainKey(name + "_sum" + (labels == "{}" ? "" : labels));
        }
    }

    [GeneratedRegex("""^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (\\\\|\\n|[^\\\n])*$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HelpLine();

    [GeneratedRegex("^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypeLine();

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{[a-zA-Z_][a-zA-Z0-9_]*="(\\\\|\\"|\\n|[^"\\\n])*"(,[a-zA-Z_][a-zA-Z0-9_]*="(\\\\|\\"|\\n|[^"\\\n])*")*\})? (?<value>[+-]?(Inf|NaN|[0-9.]+(E[+-]?[0-9]+)?))$""",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex SampleLine();

    [GeneratedRegex("""(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(\\.|[^"\\])*",?""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LabelPair();

    [GeneratedRegex(",?le=\"(?<bound>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bound();
}
