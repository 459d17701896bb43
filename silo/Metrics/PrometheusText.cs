using System.Globalization;
using System.Text;

namespace Donmai.Silo.Metrics;

/// <summary>Writes metrics in Prometheus's text format 0.0.4.</summary>
internal sealed class PrometheusText
{
    /// <summary>The media type of the format.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new(8 * 1024);

    /// <summary>Appends a metric; one that has no value yet is left out.</summary>
    public void Write(Metric metric)
    {
        var series = metric.Series.ToList();
        if (series.Count == 0)
            return;
        var name = NameOf(metric);
        _text.Append("# HELP ").Append(name).Append(' ').Append(Escape(metric.Instrument.Description ?? "", quotes: false)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(metric.Kind.ToString().ToLowerInvariant()).Append('\n');
        foreach (var (labels, values) in series.OrderBy(static one => LabelText(one.Key), StringComparer.Ordinal))
        {
            if (metric.Kind is MetricKind.Histogram)
                WriteHistogram(name, LabelText(labels), values);
            else
                WriteSample(name, LabelText(labels), values.Value);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void WriteHistogram(string name, string labels, Series series)
    {
        var counts = series.Counts();
        var bounds = series.Bounds;
        var total = 0L;
        for (var at = 0; at < counts.Length; at++)
        {
            total += counts[at];
            var bound = at < bounds.Length ? Number(bounds[at]) : "+Inf";
            WriteSample(name + "_bucket", $"{labels}{(labels.Length > 0 ? "," : "")}le=\"{bound}\"", total);
        }

        WriteSample(name + "_sum", labels, series.Value);
        WriteSample(name + "_count", labels, total);
    }

    private void WriteSample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
            _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string NameOf(Metric metric)
    {
        var name = Identifier(metric.Instrument.Name);
        var unit = metric.Instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        if (!name.EndsWith(unit, StringComparison.Ordinal))
            name += unit;
        return metric.Kind is MetricKind.Counter ? name + "_total" : name;
    }

    private static string LabelText(KeyValuePair<string, object?>[] labels) => string.Join(
        ',', labels.Select(static label => $"{Identifier(label.Key)}=\"{Escape(Convert.ToString(label.Value, CultureInfo.InvariantCulture) ?? "", quotes: true)}\""));

    private static string Identifier(string name) => string.Create(name.Length, name, static (place, name) =>
    {
        for (var at = 0; at < name.Length; at++)
            place[at] = char.IsAsciiLetter(name[at]) || (at > 0 && char.IsAsciiDigit(name[at])) ? name[at] : '_';
    });

    private static string Escape(string text, bool quotes)
    {
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
