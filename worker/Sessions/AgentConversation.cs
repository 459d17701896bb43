using Donmai.Sessions.Events;
using Donmai.Worker.Providers;
using Polly;
using Polly.Retry;

namespace Donmai.Worker.Sessions;

/// <summary>
/// The turns of a session: starts or continues the agent, takes its events one by one, and tries again once where the trouble was the
/// connection's (worker.md §2.3, §2.8).
/// </summary>
/// <param name="session">The session.</param>
/// <param name="provider">The agent's provider.</param>
/// <param name="request">What to start.</param>
/// <param name="seen">Receives what is seen.</param>
internal sealed class AgentConversation(SessionContext session, IAgentProvider provider, AgentRequest request, SessionObservation seen)
    : IAsyncDisposable
{
    private const string Interrupted =
        "The connection was lost in the middle of your work. Check what is already done, then go on.\n\nDo only this, then stop.";

    private const double Jitter = 0.2;

    private IAgentHandle? _handle;

    /// <summary>Runs the session's turns.</summary>
    /// <param name="resume">Provider session to continue; empty for a new one.</param>
    /// <exception cref="SessionFailureException">The agent could not be started or continued.</exception>
    /// <exception cref="OperationCanceledException">The session is to stop.</exception>
    public async Task Run(string resume)
    {
        await Start(resume, request);
        await Turn();
        if (resume.Length > 0 && DoesNotKnowSession())
            await StartAfresh(resume);
        if (IsTransient())
            await TryAgain();
    }

    /// <summary>Ends the agent.</summary>
    public Task<AgentStop> Stop() => _handle?.Stop(session.Stop.Forced) ?? Task.FromResult(AgentStop.Clean);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _handle?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task StartAfresh(string resume)
    {
        if (session.Variables.Text("DONMAI_EXECUTION_ID") is not null)
            throw new SessionFailureException(FailureMode.ResumeFailed, $"{provider.Name} does not know the session '{resume}' that was to be continued");
        request.Host.Warn($"{provider.Name} does not know the session '{resume}'; a new one was started");
        await Start("", request);
        await Turn();
    }

    // Before the first tool use the turn is repeated; after it the agent is asked to look first.
    private async Task TryAgain()
    {
        session.Journal.Tell("retry", seen.Errors[0].Message);
        var known = seen.ProviderSessionId;
        var canContinue = known.Length > 0 && provider.Capabilities.SupportsSessionResume == true;
        if (seen.UsedTool && !canContinue)
            return;
        await Start(canContinue ? known : "", seen.UsedTool ? request with { Prompt = Interrupted } : request);
        await Turn();
    }

    private bool IsTransient() =>
        seen.Result is null && seen.Errors.Any(static error => KnownTroubles.Of(error.Message) == KnownTrouble.Transient);

    private bool DoesNotKnowSession() =>
        seen.Result is { Success: false, Errors: { } texts } && texts.Exists(static text => KnownTroubles.Of(text) == KnownTrouble.UnknownSession);

    private async Task Start(string resume, AgentRequest wanted)
    {
        if (_handle is { } before)
            await before.DisposeAsync();
        session.Journal.Enter(SessionPhase.Spawning);
        try
        {
            _handle = await Attempts().ExecuteAsync(
                async token => resume.Length > 0 ? await provider.Resume(resume, wanted, token) : await provider.Spawn(wanted, token),
                session.Stop.Requested);
        }
        catch (Exception refused) when (refused is AgentStartException or ProviderUnavailableException or ProviderSessionNotFoundException)
        {
            throw new SessionFailureException(FailureMode.SpawnFailed, refused.Message);
        }
    }

    private ResiliencePipeline Attempts() => new ResiliencePipelineBuilder { TimeProvider = session.Clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = session.Settings.SpawnWaits.Count,
            ShouldHandle = static attempt => ValueTask.FromResult(attempt.Outcome.Exception is AgentStartException { IsTransient: true }),
            DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(
                session.Settings.SpawnWaits[attempt.AttemptNumber] * (1 - Jitter + (2 * Jitter * session.Random.NextDouble()))),
        })
        .Build();

    private async Task Turn()
    {
        seen.BeginTurn();
        using var silence = new CancellationTokenSource(session.Settings.SpawnLimit, session.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(session.Stop.Requested, silence.Token);
        try
        {
            await Follow(_handle!.Turn(ending.Token), silence);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && session.Stop.Cause is null)
        {
            // The agent closed its output and stayed: told below.
        }

        session.Stop.Requested.ThrowIfCancellationRequested();
        if (silence.IsCancellationRequested)
            throw new SessionFailureException(
                FailureMode.SpawnFailed, $"{provider.Name} said nothing within {session.Settings.SpawnLimit.TotalSeconds:0} s of its start");
    }

    private async Task Follow(IAsyncEnumerable<AgentEvent> turn, CancellationTokenSource silence)
    {
        var started = false;
        await foreach (var happening in turn)
        {
            if (session.Stop.Cause is not null)
                break;
            if (!started)
            {
                silence.CancelAfter(Timeout.InfiniteTimeSpan);
                session.Journal.Enter(SessionPhase.Running);
                started = true;
            }

            Take(session.Journal.Append(happening, seen.Turns));
        }
    }

    private void Take(AgentEvent happening)
    {
        seen.Take(happening);
        if (happening is InitEvent)
            session.Journal.UpdateState(state => state with { ProviderSessionId = seen.ProviderSessionId, Turns = seen.Turns });
    }
}
