using Donmai.Core.Git;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Sessions;

/// <summary>
/// The turns of a session (worker.md §2.1, §2.8, §8.2): the work, once more where it was interrupted, messages from outside, and what the
/// contract misses.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="provider">The agent's provider.</param>
/// <param name="request">What to start.</param>
/// <param name="outcome">Receives what is seen.</param>
/// <param name="limits">Told of every event.</param>
internal sealed class AgentConversation(
    SessionContext session, IAgentProvider provider, AgentRequest request, SessionOutcome outcome, SessionLimits limits)
    : IAsyncDisposable
{
    private const int MostReminders = 2;
    private static readonly TimeSpan LookingLimit = TimeSpan.FromSeconds(2);

    private readonly SessionObservation _seen = outcome.Seen;
    private readonly TurnReader _reader = new(session, provider, outcome.Seen, limits);
    private IAgentHandle? _handle;
    private bool _triedAgain;
    private int _reminders;

    private bool CanResume => provider.Capabilities.SupportsSessionResume == true;

    private bool CanGoOn => CanResume || provider.Capabilities.SupportsMessageInjection == true;

    /// <summary>Runs the session's turns.</summary>
    /// <param name="start">Where to begin.</param>
    /// <exception cref="SessionFailureException">The agent could not be started or continued.</exception>
    /// <exception cref="OperationCanceledException">The session is to stop.</exception>
    public async Task Run(ResumePoint start)
    {
        await First(start);
        while (_seen.TurnResult is { Success: true } && CanGoOn && await Next() is { } next)
            if (!await GoOn(next))
                return;
    }

    /// <summary>Ends the agent; politely for as long as the phase may take.</summary>
    public async Task<AgentStop> Stop()
    {
        if (_handle is null)
            return AgentStop.Clean;
        using var bound = new CancellationTokenSource(session.Settings.StoppingLimit, session.Clock);
        using var atOnce = CancellationTokenSource.CreateLinkedTokenSource(session.Stop.Forced, bound.Token);
        return await _handle.Stop(atOnce.Token);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _handle?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task First(ResumePoint start)
    {
        var context = session.Inbox.TakeContext();
        var first = context.And(request.Prompt);
        var isKnown = await Begin(start.ProviderSession, start.WasInterrupted ? context.And(SteeringTexts.Interrupted) : first);
        if (start.ProviderSession.Length > 0 && (!isKnown || DoesNotKnowSession()))
        {
            if (start.IsRequired)
                throw new SessionFailureException(
                    FailureMode.ResumeFailed, $"{provider.Name} does not know the session '{start.ProviderSession}' that was to be continued");
            request.Host.Warn($"{provider.Name} does not know the session '{start.ProviderSession}'; a new one was started");
            await Begin("", first);
        }

        await TryAgain(first);
    }

    /// <summary>Starts an agent on a message and follows the turn.</summary>
    /// <returns>Whether the provider knows the session that was to be continued.</returns>
    private async Task<bool> Begin(string resume, NextTurn turn)
    {
        if (_handle is { } before)
            await before.DisposeAsync();
        session.Journal.Enter(SessionPhase.Spawning);
        try
        {
            _handle = await _reader.Starting(token => Attempts().Make(
                attempt => resume.Length > 0
                    ? provider.Resume(resume, request with { Prompt = turn.Text }, attempt)
                    : provider.Spawn(request with { Prompt = turn.Text }, attempt),
                token));
        }
        catch (ProviderSessionNotFoundException) when (resume.Length > 0)
        {
            return false;
        }
        catch (Exception refused) when (refused is AgentStartException or ProviderUnavailableException)
        {
            throw new SessionFailureException(FailureMode.SpawnFailed, refused.Message);
        }

        await Follow(turn);
        return true;
    }

    private Task Follow(NextTurn turn)
    {
        outcome.AgentRan = true;
        session.Inbox.Started(turn);
        return _reader.Follow(_handle!, turn.Purpose);
    }

    // Before the first tool use the turn is repeated; after it the agent is asked to look first. Never a blind fresh start after a tool use.
    private async Task TryAgain(NextTurn turn)
    {
        if (_triedAgain || _seen.TurnResult is not null || _seen.TurnErrors.Count == 0 || !IsWorthAnotherTry())
            return;
        var known = CanResume ? _seen.ProviderSessionId : "";
        if (known.Length == 0 && _seen.EverUsedTool)
            return;
        _triedAgain = true;
        session.Journal.Tell("retry", _seen.TurnErrors[0].Message);
        await Begin(known, turn with { Text = _seen.UsedTool ? SteeringTexts.Interrupted : turn.Text, Purpose = TurnPurpose.Again, Inputs = [] });
    }

    private bool IsWorthAnotherTry() => KnownTroubles.Of(string.Join('\n', _seen.TurnErrors.Select(static error => error.Message))) switch
    {
        KnownTrouble.Transient => true,
        KnownTrouble.None => _seen.UsedTool,
        _ => false,
    };

    private bool DoesNotKnowSession() =>
        _seen.TurnResult is { Success: false, Errors: { } texts } && texts.Exists(static text => KnownTroubles.Of(text) == KnownTrouble.UnknownSession);

    private async Task<NextTurn?> Next()
    {
        while (true)
        {
            await LookForMessages();
            if (session.Inbox.TryNext() is { } input)
                return input;
            if (await Reminder() is { } reminder)
                return reminder;
            if (!await AnotherMessage())
                return null;
        }
    }

    // The last look before the end; what comes later stays with the platform.
    private async Task LookForMessages()
    {
        if (session.Order.IsLocal)
            return;
        using var patience = new CancellationTokenSource(LookingLimit, session.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, session.Stop.Requested);
        try
        {
            await session.Latest.Renew(refused: false, ending.Token);
        }
        catch (OperationCanceledException) when (!session.Stop.Requested.IsCancellationRequested)
        {
            return;
        }
    }

    /// <summary>Whoever talks to the agent is given some time for the next message.</summary>
    private async Task<bool> AnotherMessage()
    {
        if (session.Order.IdleGrace is not { } grace)
            return false;
        using var patience = new CancellationTokenSource(grace, session.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, session.Stop.Requested);
        try
        {
            await session.Inbox.Message(ending.Token);
            return true;
        }
        catch (OperationCanceledException) when (!session.Stop.Requested.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<NextTurn?> Reminder()
    {
        if (_reminders == MostReminders)
            return null;
        session.Journal.Enter(SessionPhase.Evaluating);
        try
        {
            var tree = outcome.Tree!;
            var contract = CompletionContract.Of(session.Order, session.Variables);
            if (contract.Required.Count == 0)
                return null;
            var facts = await CompletionFacts.Gather(session, outcome, session.Stop.Requested);
            if (SteeringTexts.Compose(contract.Missing(facts), tree.Branch, tree.BaseRef) is not { } text)
                return null;
            _reminders++;
            outcome.WasSteered = true;
            return new NextTurn(text, TurnPurpose.Steering, []);
        }
        catch (GitFailureException failed)
        {
            outcome.Warnings.Add($"what is missing could not be found out: {failed.Message}");
            return null;
        }
    }

    /// <summary>Gives the agent another message and follows the turn.</summary>
    /// <returns>Whether the agent could be given it, and goes on.</returns>
    private async Task<bool> GoOn(NextTurn turn)
    {
        var turns = _seen.Turns;
        try
        {
            if (await TryInject(turn.Text))
                await Follow(turn);
            else if (!await Begin(_seen.ProviderSessionId, turn))
                throw new SessionFailureException(FailureMode.ResumeFailed, $"it does not know the session '{_seen.ProviderSessionId}' any more");
        }
        catch (Exception refused) when (refused is SessionFailureException or AgentNotReadyException or AgentStartException or AgentUnsupportedException)
        {
            if (_seen.Turns > turns && turn.Purpose == TurnPurpose.Work)
                throw;
            if (_seen.Turns == turns)
                session.Inbox.GiveBack(turn);
            request.Host.Warn($"{provider.Name} could not go on after its work: {refused.Message}");
            return false;
        }

        if (turn.Purpose == TurnPurpose.Work)
            await TryAgain(turn);
        return true;
    }

    private async Task<bool> TryInject(string text)
    {
        if (provider.Capabilities.SupportsMessageInjection != true)
            return false;
        try
        {
            return await Attempts().Make(
                async token =>
                {
                    await _handle!.Inject(text, token);
                    return true;
                },
                session.Stop.Requested);
        }
        catch (AgentUnsupportedException) when (CanResume && _seen.ProviderSessionId.Length > 0)
        {
            return false;
        }
    }

    private Attempts Attempts() => new(session.Clock, session.Settings.SpawnWaits)
    {
        IsRetried = static (failed, _) => failed is AgentStartException { IsTransient: true },
        Jitter = session.Random,
    };
}
