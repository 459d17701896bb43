using Donmai.Sessions.Events;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Sessions;

/// <summary>
/// Takes the events of a turn one by one: each is written down, told to the platform, and looked at (worker.md §2.3). A turn that says nothing at
/// its start, and a reminder that takes too long, is ended.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="provider">The agent's provider.</param>
/// <param name="seen">Receives what is seen.</param>
/// <param name="limits">Told of every event.</param>
internal sealed class TurnReader(SessionContext session, IAgentProvider provider, SessionObservation seen, SessionLimits limits)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    private int _given;

    /// <summary>Starts an agent, in the time there is for that.</summary>
    /// <exception cref="SessionFailureException">It took too long.</exception>
    public async Task<T> Starting<T>(Func<CancellationToken, Task<T>> start)
    {
        using var bound = new CancellationTokenSource(session.Settings.SpawnLimit, session.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(session.Stop.Requested, bound.Token);
        try
        {
            return await start(ending.Token);
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested && session.Stop.Cause is null)
        {
            throw new SessionFailureException(
                FailureMode.SpawnFailed, $"{provider.Name} did not start within {session.Settings.SpawnLimit.TotalSeconds:0} s");
        }
    }

    /// <summary>Follows a turn that was started to its end.</summary>
    /// <exception cref="SessionFailureException">The agent says nothing.</exception>
    /// <exception cref="OperationCanceledException">The session is to stop.</exception>
    public async Task Follow(IAgentHandle agent, TurnPurpose purpose)
    {
        seen.BeginTurn(purpose);
        _given = 0;
        using var silence = new CancellationTokenSource(session.Settings.SpawnLimit, session.Clock);
        using var bound = purpose == TurnPurpose.Steering
            ? new CancellationTokenSource(session.Settings.SteeringLimit, session.Clock)
            : new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(session.Stop.Requested, silence.Token, bound.Token);
        limits.ExpectProgress();
        try
        {
            await ReadSteered(agent, agent.Turn(ending.Token), silence);
            while (Interlocked.Exchange(ref _given, 0) > 0) // what came too late for the turn has started the next one
                await ReadSteered(agent, Next(agent.Turn(ending.Token)), silence);
        }
        catch (OperationCanceledException) when (session.Stop.Cause is null)
        {
            // What it was is told below.
        }
        finally
        {
            limits.ExpectNothing();
            session.Journal.UpdateState(state => state with { Turns = seen.Turns, CostTotals = seen.Cost });
        }

        session.Stop.Requested.ThrowIfCancellationRequested();
        if (silence.IsCancellationRequested)
            throw new SessionFailureException(
                FailureMode.SpawnFailed, $"{provider.Name} said nothing within {session.Settings.SpawnLimit.TotalSeconds:0} s of its start");
        if (!bound.IsCancellationRequested)
            return;
        await agent.Stop(session.Stop.Forced);
        throw new SessionFailureException(
            FailureMode.ProviderError, $"the reminder took longer than {session.Settings.SteeringLimit.TotalSeconds:0} s");
    }

    // What is on its way to the agent when the turn ends is waited for: it counts as given, or not.
    private async Task ReadSteered(IAgentHandle agent, IAsyncEnumerable<AgentEvent> turn, CancellationTokenSource silence)
    {
        using var running = new CancellationTokenSource();
        var steering = Steer(agent, running.Token);
        try
        {
            await Read(agent, turn, silence);
        }
        finally
        {
            await running.CancelAsync();
            await steering;
        }
    }

    private async Task Read(IAgentHandle agent, IAsyncEnumerable<AgentEvent> turn, CancellationTokenSource silence)
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
            if (limits.Warning() is { } warning && provider.Capabilities.SupportsMidTurnInput)
                await Give(agent, warning);
        }
    }

    private async IAsyncEnumerable<AgentEvent> Next(IAsyncEnumerable<AgentEvent> turn)
    {
        var isNew = true;
        await foreach (var happening in turn)
        {
            if (isNew)
                seen.BeginTurn();
            isNew = false;
            yield return happening;
        }
    }

    private void Take(AgentEvent happening)
    {
        session.Link.Tell(happening);
        seen.Take(happening);
        if (happening is InitEvent)
            session.Journal.UpdateState(state => state with { ProviderSessionId = seen.ProviderSessionId, Turns = seen.Turns });
        limits.Happened();
    }

    /// <summary>Passes on what is to go into the running turn, as long as it runs.</summary>
    private async Task Steer(IAgentHandle agent, CancellationToken turn)
    {
        if (!provider.Capabilities.SupportsMidTurnInput)
            return;
        try
        {
            while (true)
            {
                await session.Inbox.Steering(turn);
                if (session.Inbox.TrySteer() is not { } input)
                    continue;
                if (await Give(agent, input.Text))
                {
                    session.Inbox.Started(input);
                    continue;
                }

                session.Inbox.GiveBack(input); // the turn may take it later; if not, it is the next one
                await Task.Delay(AskAgain, session.Clock, turn);
            }
        }
        catch (OperationCanceledException) when (turn.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task<bool> Give(IAgentHandle agent, string text)
    {
        try
        {
            await agent.Inject(text, session.Stop.Requested);
            Interlocked.Increment(ref _given);
            return true;
        }
        catch (Exception refused) when (refused is AgentNotReadyException or AgentUnsupportedException or AgentStartException or OperationCanceledException)
        {
            return false;
        }
    }
}
