using Donmai.Worker.Providers;

namespace Donmai.Worker.Sessions;

/// <summary>Where a session's agent begins (worker.md §2.8).</summary>
/// <param name="ProviderSession">The provider session to continue; empty for a new one.</param>
/// <param name="WasInterrupted">The earlier worker ended in the middle of the work, so the agent looks first what is done.</param>
/// <param name="IsRequired">A new provider session is no substitute.</param>
internal sealed record ResumePoint(string ProviderSession, bool WasInterrupted, bool IsRequired)
{
    /// <summary>A new provider session.</summary>
    public static ResumePoint Fresh { get; } = new("", WasInterrupted: false, IsRequired: false);

    /// <summary>Where to begin: with what the work order names, else with what an earlier attempt has left in the work tree.</summary>
    /// <param name="session">The session.</param>
    /// <param name="provider">Who is to continue.</param>
    /// <param name="former">What the earlier attempt wrote down; <see langword="null"/> when there was none.</param>
    /// <param name="seen">Goes on from what an interrupted attempt had counted.</param>
    /// <param name="warnings">Receives why nothing is continued although it was asked for.</param>
    public static ResumePoint Of(SessionContext session, IAgentProvider provider, WorktreeState? former, SessionObservation seen, List<string> warnings)
    {
        var (wanted, wasInterrupted) = (IsWanted(session.Variables) ? session.Order.Detail.ProviderSessionId?.Trim() ?? "" : "", false);
        if (former is { ProviderSessionId: { Length: > 0 } earlier } && former.ProviderName == provider.Name && (wanted.Length == 0 || wanted == earlier))
        {
            wanted = earlier;
            wasInterrupted = former.WasInterrupted;
            if (wasInterrupted)
                seen.GoOn(former.Turns, former.CostTotals);
        }

        if (wanted.Length == 0)
            return Fresh;
        if (provider.Capabilities.SupportsSessionResume == true)
            return new ResumePoint(wanted, wasInterrupted, IsRequired: session.Variables.Text("DONMAI_EXECUTION_ID") is not null);
        warnings.Add($"{provider.Name} cannot continue a session; a new one was started");
        return Fresh;
    }

    // Whoever names a session to continue wants that, unless it is said otherwise.
    private static bool IsWanted(WorkerVariables variables) => variables.Own("AGENT_RESUME_SESSION") is null || variables.Flag("AGENT_RESUME_SESSION");
}
