using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Sessions;

namespace Donmai.Cli.Sessions;

/// <summary>One run: submits the session, shows it until its end, stops it when asked to.</summary>
internal sealed class RunSession(DonmaiClient client, IScreen screen, Interrupts interrupts, TimeProvider clock)
{
    private readonly RunProgress _progress = new(clock);

    /// <summary>Has the session accepted.</summary>
    public async Task<SessionHandle> Submit(SessionSpec spec, CancellationToken cancellationToken)
    {
        var accepted = await client.Accept(spec, cancellationToken);
        screen.Write(Line.Of(("session ", Tone.Quiet), (accepted.SessionId, Tone.Name), ($" on {spec.Repository}", Tone.Quiet)));
        return accepted;
    }

    /// <summary>Shows the session until its end.</summary>
    /// <returns>The session as it ended.</returns>
    /// <exception cref="CommandFailureException">The daemon went away for good; the session goes on without it.</exception>
    public async Task<SessionInspection> Watch(string sessionId, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stopping = StopWhenAsked(sessionId, over.Token);
        try
        {
            await screen.While(_progress.ToString, () => Follow(sessionId, cancellationToken));
        }
        catch (DaemonUnreachableException gone)
        {
            throw new CommandFailureException(
                $"{gone.Message} Session {sessionId} goes on; with a daemon, 'donmai session show {sessionId}' tells how it ended.", ExitCode.Failed);
        }
        finally
        {
            await over.CancelAsync();
            await stopping;
        }

        return await client.Inspect(sessionId, cancellationToken);
    }

    private async Task<long> Follow(string sessionId, CancellationToken cancellationToken)
    {
        long last = 0;
        string? tree = null;
        await foreach (var one in client.Follow(sessionId, whenAway: SayAway, cancellationToken: cancellationToken))
        {
            last = Math.Max(last, one.Seq);
            _progress.Take(one);
            if (one is Donmai.Sessions.Events.InitEvent)
                tree = (await client.Inspect(sessionId, cancellationToken)).WorktreePath;
            foreach (var line in EventText.Lines(one, root: tree))
                screen.Write(line);
        }

        return last;
    }

    private void SayAway() => screen.Write(Line.Of(("the daemon is away; the session goes on, waiting for the daemon to come back", Tone.Warning)));

    private async Task StopWhenAsked(string sessionId, CancellationToken over)
    {
        try
        {
            await interrupts.First.WaitAsync(over);
            _progress.Stopping();
            await Stop(sessionId, immediately: false, over);
            await interrupts.Second.WaitAsync(over);
            await Stop(sessionId, immediately: true, over);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The session has ended; nobody has to be asked any more.
        }
    }

    private async Task Stop(string sessionId, bool immediately, CancellationToken over)
    {
        try
        {
            screen.Write(Line.Of((immediately ? "ending the session at once" : "stopping the session; Ctrl-C again ends it at once", Tone.Warning)));
            await client.Stop(sessionId, "interrupted at the terminal", immediately, over);
        }
        catch (DonmaiClientException problem)
        {
            screen.Write(Line.Of(("the session could not be stopped: " + problem.Message, Tone.Bad)));
        }
    }
}
