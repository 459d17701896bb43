using System.Globalization;
using System.Text.Json.Serialization;

namespace Donmai.Bench;

/// <summary>One measured line.</summary>
/// <param name="Figure">What was measured.</param>
/// <param name="Ours">Our value, in <paramref name="Unit"/>.</param>
/// <param name="Baseline">The baseline's value; <see langword="null"/> for a figure with an absolute limit.</param>
/// <param name="Unit">Unit of both.</param>
/// <param name="Target">The limit for <see cref="Measured"/>.</param>
/// <param name="Limit">Whether the target is the least or the most that is allowed.</param>
internal sealed record FigureResult(string Figure, double Ours, double? Baseline, string Unit, double Target, FigureLimit Limit)
{
    /// <summary>What is compared with the target: the ratio to the baseline, or our value where there is none.</summary>
    public double Measured => Baseline is { } baseline ? Ours / baseline : Ours;

    /// <summary>Whether the target is met.</summary>
    public bool Ok => Limit == FigureLimit.AtLeast ? Measured >= Target : Measured <= Target;

    /// <summary>The target in words.</summary>
    [JsonIgnore]
    public string TargetText => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Limit == FigureLimit.AtLeast ? "≥" : "≤")} {Target:0.##}{(Baseline is null ? " " + Unit : "")}");
}
