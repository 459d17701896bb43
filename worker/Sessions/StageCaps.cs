using Donmai.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary>The caps of a stage (worker.md §7.5). The first one that is exceeded is kept.</summary>
/// <param name="budget">The caps; <see langword="null"/> enforces nothing.</param>
internal sealed class StageCaps(StageBudget? budget)
{
    private const double WarnFrom = 0.8;

    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private readonly StageBudget _limits = budget ?? new StageBudget();

    /// <summary>The first breach; <see langword="null"/> while there is none.</summary>
    public StageBreach? Breach { get; private set; }

    /// <summary>Looks whether a cap is exceeded.</summary>
    /// <param name="seen">What was seen of the agent.</param>
    /// <param name="elapsed">Time since the worker began.</param>
    /// <returns>The breach, when it is a new one.</returns>
    public StageBreach? Look(SessionObservation seen, TimeSpan elapsed)
    {
        if (budget is null || Breach is not null)
            return null;
        return Breach = Uses(seen, elapsed).FirstOrDefault(static use => use.IsOver)?.ToBreach();
    }

    /// <summary>What the agent is to be told about a cap that is nearly reached, once for each.</summary>
    /// <param name="seen">What was seen of the agent.</param>
    /// <param name="elapsed">Time since the worker began.</param>
    public string? Warning(SessionObservation seen, TimeSpan elapsed) =>
        budget is not null && Breach is null && Uses(seen, elapsed).FirstOrDefault(use => use.Share >= WarnFrom && _warned.Add(use.Cap)) is { } near
            ? $"You have used {near.Observed} of the {near.Limit} that this stage may use ({near.Cap}). Finish what you are doing and deliver it."
            : null;

    /// <summary>What was allowed and used.</summary>
    /// <param name="seen">What was seen of the agent.</param>
    /// <param name="elapsed">Time since the worker began.</param>
    public BudgetReport Report(SessionObservation seen, TimeSpan elapsed) => new()
    {
        Enforced = budget is not null,
        Limits = _limits,
        ObservedSubAgents = seen.SubAgents,
        ObservedTokens = Tokens(seen),
        ObservedDurationSeconds = (long)elapsed.TotalSeconds,
        CapBreached = Breach?.Cap,
        BreachDetail = Breach?.Detail,
    };

    private IEnumerable<CapUse> Uses(SessionObservation seen, TimeSpan elapsed) =>
        new CapUse[]
        {
            new("max-duration-seconds", ExitReason.BudgetDuration, Math.Floor(elapsed.TotalSeconds), _limits.MaxDurationSeconds, "s") { IsOverWhenReached = true },
            new("max-sub-agents", ExitReason.BudgetSubAgents, seen.SubAgents, _limits.MaxSubAgents),
            new("max-tokens", ExitReason.BudgetTokens, Tokens(seen), _limits.MaxTokens),
            new("max-turns", ExitReason.BudgetTurns, Math.Max(seen.Turns, seen.Cost?.NumTurns ?? 0), _limits.MaxTurns),
            new("max-cost-usd", ExitReason.BudgetCost, seen.Cost?.TotalCostUsd ?? 0, _limits.MaxCostUsd),
        }.Where(static use => use.Most > 0);

    private static long Tokens(SessionObservation seen) => (seen.Cost?.InputTokens ?? 0) + (seen.Cost?.OutputTokens ?? 0);
}
