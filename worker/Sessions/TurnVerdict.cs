using Donmai.Sessions.Events;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Sessions;

/// <summary>Decides how a session ends (worker.md §2.5).</summary>
internal static class TurnVerdict
{
    /// <summary>The end, by the stored stop cause, the last result and the errors before it; the first that says something decides.</summary>
    /// <param name="stop">The stored stop cause, if any.</param>
    /// <param name="seen">What was seen of the agent.</param>
    /// <param name="warnings">Receives what does not change the status.</param>
    public static SessionEnd Decide(SessionEnd? stop, SessionObservation seen, ICollection<string> warnings)
    {
        if (stop is not null)
        {
            if (!stop.IsLimit || seen.Result is not { Success: true })
                return stop;
            warnings.Add($"the agent had succeeded when {stop.Error}");
            return SessionEnd.Completed;
        }

        if (seen.Result is { } result)
            return result.Success ? Succeeded(seen, warnings) : Failed(result);
        return seen.Errors.Count > 0 ? Broken(seen.Errors) : SessionEnd.Failed(
            FailureMode.SilentExit, FailureMode.SilentExit, "the agent ended without saying how it went");
    }

    private static SessionEnd Succeeded(SessionObservation seen, ICollection<string> warnings)
    {
        foreach (var error in seen.Errors)
            warnings.Add(error.Message);
        return SessionEnd.Completed;
    }

    private static SessionEnd Failed(ResultEvent result)
    {
        var text = result.Errors is { Count: > 0 } errors ? string.Join("; ", errors) : result.ErrorSubtype ?? "the agent failed";
        return Recognised(text) ?? result.ErrorSubtype switch
        {
            "error_max_turns" => SessionEnd.Failed(FailureMode.BudgetExceeded, ExitReason.BudgetTurns, text),
            "error_max_budget_usd" => SessionEnd.Failed(FailureMode.BudgetExceeded, ExitReason.BudgetCost, text),
            _ => SessionEnd.Failed(FailureMode.AgentFailed, FailureMode.AgentFailed, text),
        };
    }

    // The first error that ended the turn; a closing "ended without a result" says less than what came before it.
    private static SessionEnd Broken(IReadOnlyList<ErrorEvent> errors)
    {
        var first = errors.FirstOrDefault(static error => error.Fatal) ?? errors[0];
        if (first.Code == "spawn_no_result" && errors[0] != first)
            first = first with { Message = $"{errors[0].Message}; {first.Message}" };
        return Recognised(string.Join('\n', errors.Select(static error => error.Message))) is { } known
            ? known with { Error = first.Message }
            : SessionEnd.Failed(FailureMode.ProviderError, FailureMode.ProviderError, first.Message);
    }

    private static SessionEnd? Recognised(string text) => KnownTroubles.Of(text) switch
    {
        KnownTrouble.Authentication => SessionEnd.Failed(FailureMode.AuthRequired, FailureMode.AuthRequired, text),
        KnownTrouble.Quota => SessionEnd.Failed(FailureMode.QuotaExhausted, FailureMode.QuotaExhausted, text),
        _ => null,
    };
}
