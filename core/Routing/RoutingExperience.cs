using Donmai.Routing;
using Donmai.Sessions;

namespace Donmai.Core.Routing;

/// <summary>What was learnt from the ends of sessions; every change gives a new one (routing.md §6.3).</summary>
/// <param name="Rows">One row for each provider, and one for each model that was seen.</param>
public sealed record RoutingExperience(IReadOnlyList<ProviderExperience> Rows)
{
    private const int OutcomesKept = 20;
    private const double DailyDecay = 0.98;

    /// <summary>Nothing learnt yet.</summary>
    public static RoutingExperience None { get; } = new([]);

    /// <summary>The row of a model, else of its provider, else the uniform prior.</summary>
    public ProviderExperience Of(string dimension, string providerId, string? model = null) =>
        (model is null ? null : Find(dimension, providerId, model))
        ?? Find(dimension, providerId, null)
        ?? new ProviderExperience { Dimension = dimension, ProviderId = providerId };

    /// <summary>The rows of a provider: its own first, then those of its models by name.</summary>
    public IEnumerable<ProviderExperience> RowsOf(string dimension, string providerId) =>
    [
        Of(dimension, providerId),
        .. Rows.Where(row => row.Dimension == dimension && row.ProviderId == providerId && row.Model is not null).OrderBy(static row => row.Model, StringComparer.Ordinal),
    ];

    /// <summary>Takes supposed values in place of what was learnt about an agent runtime.</summary>
    /// <param name="supposed">The values.</param>
    /// <param name="model">The model that decisions will be about, if any.</param>
    public RoutingExperience Suppose(SupposedExperience supposed, string? model)
    {
        var known = Of(RoutingDimension.Llm, supposed.ProviderId, model);
        var row = known with
        {
            Model = model,
            Alpha = supposed.Alpha ?? known.Alpha,
            Beta = supposed.Beta ?? known.Beta,
            Recent = supposed is { CostCents: null, LatencyMs: null } ? known.Recent :
            [
                new ExperiencedOutcome { CostCents = supposed.CostCents ?? MeanCostCents(known), LatencyMs = supposed.LatencyMs ?? MeanLatencyMs(known) ?? 0 },
            ],
        };
        return new([.. Rows.Where(other => !(other.Dimension == row.Dimension && other.ProviderId == row.ProviderId && other.Model == model)), row]);
    }

    /// <summary>Takes the end of a session into account; only completed and failed sessions teach.</summary>
    public RoutingExperience Learn(RoutingOutcome outcome)
    {
        if (outcome.State is not (SessionState.Completed or SessionState.Failed))
            return this;
        var learnt = Taught(RoutingDimension.Sandbox, outcome.Sandbox, null, outcome)
            .Taught(RoutingDimension.Llm, outcome.Llm, null, outcome);
        return outcome.Model is { Length: > 0 } model ? learnt.Taught(RoutingDimension.Llm, outcome.Llm, model, outcome) : learnt;
    }

    /// <summary>Lets old outcomes count less.</summary>
    /// <param name="days">Whole days since the last time.</param>
    public RoutingExperience Decay(int days)
    {
        var factor = Math.Pow(DailyDecay, days);
        return new([.. Rows.Select(row => row with { Alpha = 1 + (factor * (row.Alpha - 1)), Beta = 1 + (factor * (row.Beta - 1)) })]);
    }

    /// <summary>Share of the remembered outcomes that were completed; <see langword="null"/> before the first.</summary>
    public static double? MeanScore(ProviderExperience row) => row.Recent.Count == 0 ? null : row.Recent.Average(static outcome => outcome.Score);

    /// <summary>Mean of what the remembered outcomes cost, in US cents; <see langword="null"/> when unknown.</summary>
    public static double? MeanCostCents(ProviderExperience row)
    {
        var (sum, known) = (0.0, 0);
        foreach (var outcome in row.Recent) // plain loops: every decision asks this of every candidate
        {
            if (outcome.CostCents is not { } cost)
                continue;
            sum += cost;
            known++;
        }

        return known == 0 ? null : sum / known;
    }

    /// <summary>Mean of how long the remembered outcomes took, in milliseconds; <see langword="null"/> before the first.</summary>
    public static double? MeanLatencyMs(ProviderExperience row)
    {
        var sum = 0.0;
        foreach (var outcome in row.Recent)
            sum += outcome.LatencyMs;
        return row.Recent.Count == 0 ? null : sum / row.Recent.Count;
    }

    private ProviderExperience? Find(string dimension, string providerId, string? model)
    {
        foreach (var row in Rows)
        {
            if (row.ProviderId == providerId && row.Model == model && row.Dimension == dimension)
                return row;
        }

        return null;
    }

    private RoutingExperience Taught(string dimension, string providerId, string? model, RoutingOutcome outcome)
    {
        var before = Find(dimension, providerId, model);
        var row = before ?? new ProviderExperience { Dimension = dimension, ProviderId = providerId, Model = model };
        var completed = outcome.State == SessionState.Completed;
        var lesson = new ExperiencedOutcome { Score = completed ? 1 : 0, CostCents = outcome.CostCents is >= 0 and < double.PositiveInfinity ? outcome.CostCents : null, LatencyMs = outcome.LatencyMs };
        var after = row with
        {
            Alpha = row.Alpha + (completed ? 1 : 0),
            Beta = row.Beta + (completed ? 0 : 1),
            Recent = [.. row.Recent.TakeLast(OutcomesKept - 1), lesson],
        };
        return new([.. Rows.Where(other => !ReferenceEquals(other, before)), after]);
    }
}
