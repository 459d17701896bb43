namespace Donmai.Worker.Sessions;

/// <summary>The session's and the stage's longest life, both measured from the same start (worker.md §2.2, §7.5).</summary>
internal sealed class SessionLimits : IDisposable
{
    private readonly List<CancellationTokenSource> _timers = [];

    /// <summary>Starts both.</summary>
    public SessionLimits(SessionContext session)
    {
        var detail = session.Order.Detail;
        var limit = session.Settings.SessionLimit;
        if (detail.MaxDurationSeconds > 0 && TimeSpan.FromSeconds(detail.MaxDurationSeconds) < limit)
            limit = TimeSpan.FromSeconds(detail.MaxDurationSeconds);
        Start(limit, session, SessionEnd.OutOfTime(limit));
        if (detail.StageBudget is { MaxDurationSeconds: > 0 and var stage } && TimeSpan.FromSeconds(stage) <= limit)
            Start(TimeSpan.FromSeconds(stage), session, SessionEnd.OverBudget(ExitReason.BudgetDuration, $"max-duration-seconds exceeded: observed={stage}s limit={stage}s"));
    }

    /// <inheritdoc/>
    public void Dispose() => _timers.ForEach(static timer => timer.Dispose());

    private void Start(TimeSpan after, SessionContext session, SessionEnd end)
    {
        var timer = new CancellationTokenSource(after, session.Clock);
        timer.Token.Register(() => session.Stop.TryRequest(end));
        _timers.Add(timer);
    }
}
