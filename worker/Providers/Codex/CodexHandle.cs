using System.Runtime.CompilerServices;
using System.Text.Json;
using Donmai.Core.Sessions.Children;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Codex;

/// <summary>
/// A codex session: one app server, one thread in it, one turn after the other (worker.md §4.3). What the server says is taken at once whatever the
/// reader of the events does, so that the server is never kept waiting.
/// </summary>
internal sealed class CodexHandle : IAgentHandle, IJsonRpcPeer
{
    private static readonly TimeSpan InterruptPatience = TimeSpan.FromSeconds(3);

    /// <summary>When the program is killed, so that the whole stop takes eight seconds with what the pipes may need.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(6);

    private readonly AgentRequest _request;
    private readonly CodexRequests _requests;
    private readonly CodexDecoder _decoder;
    private readonly CodexApprovals _approvals;
    private readonly CodexServer _server;
    private readonly EventQueue _events;
    private readonly CodexFlush _flush;
    private readonly Lock _access = new();
    private TaskCompletionSource _turnEnded = new();
    private int _begun;
    private int _read;
    private volatile bool _stopping;

    /// <summary>Starts the server; <see cref="Begin"/> starts the thread and its first turn.</summary>
    /// <param name="request">What to start.</param>
    /// <param name="requests">Composes what the server is asked.</param>
    /// <param name="usage">Counts the tokens.</param>
    /// <param name="start">The server.</param>
    /// <exception cref="AgentStartException">The system refused; nothing runs.</exception>
    public CodexHandle(AgentRequest request, CodexRequests requests, CodexUsage usage, ChildProcessStart start)
    {
        _turnEnded.SetResult();
        _request = request;
        _requests = requests;
        _decoder = new CodexDecoder(usage);
        _approvals = new CodexApprovals(request, _decoder.PathsOf);
        _events = new EventQueue(request.Host.PrivateDirectory);
        _flush = new CodexFlush(Flush, request.Host.Clock);
        _server = new CodexServer(start, request.Host, this, _events.Add, Crashed);
    }

    /// <inheritdoc/>
    public string SessionId { get; private set; } = "";

    /// <summary>Shakes hands, starts or resumes the thread, and starts its first turn.</summary>
    /// <param name="resume">Thread to continue; empty for a new one.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="AgentStartException">The server refused, ended or did not answer.</exception>
    /// <exception cref="ProviderSessionNotFoundException">The server does not know the thread.</exception>
    public async Task Begin(string resume, CancellationToken cancellationToken)
    {
        try
        {
            await _server.Greet(cancellationToken);
            if (resume.Length == 0)
                await _server.Ask("thread/start", _requests.StartThread, _requests.Words.TurnThreads, Opened, cancellationToken);
            else
                await Continue(resume, cancellationToken);
        }
        catch (Exception failure) when (failure is JsonRpcException or TimeoutException)
        {
            throw CodexError.OfStart(failure);
        }

        if (SessionId.Length == 0)
            throw new AgentStartException("codex started a thread without an id");
        await StartTurn(_request.Prompt, isFirstOfThread: resume.Length == 0, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AgentEvent> Turn([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_read == Volatile.Read(ref _begun))
            yield break;
        var stream = _read == 0 ? new TurnStream() : null;
        while (await _events.Next(cancellationToken) is { } happening)
        {
            if (_stopping)
                yield break;
            if (happening is ResultEvent)
                Interlocked.Increment(ref _read);
            foreach (var due in stream?.Take(happening) ?? [happening])
                yield return due;
            if (happening is ResultEvent)
                yield break;
        }

        Interlocked.Increment(ref _read);
    }

    /// <inheritdoc/>
    public async Task Inject(string text, CancellationToken cancellationToken)
    {
        if (_stopping)
            throw new AgentNotReadyException("the agent was stopped");
        string turn;
        lock (_access)
            turn = _turnEnded.Task.IsCompleted ? Volatile.Read(ref _read) == _begun ? "" : throw new AgentNotReadyException("the turn has just ended") : _decoder.TurnId.Length > 0 ? _decoder.TurnId : throw new AgentNotReadyException("the turn has not begun yet");
        if (turn.Length == 0)
            await StartTurn(text, isFirstOfThread: false, cancellationToken);
        else
            await Steer(text, turn, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<AgentStop> Stop(CancellationToken atOnce)
    {
        _stopping = true;
        using var bound = new CancellationTokenSource(StopPatience, _request.Host.Clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(atOnce, bound.Token);
        if (!atOnce.IsCancellationRequested)
            await Interrupt(patience.Token);
        _events.Complete();
        return await _server.Stop(patience.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stop(new CancellationToken(canceled: true));
        await _flush.DisposeAsync();
        await _server.DisposeAsync();
        _events.Dispose();
    }

    /// <inheritdoc/>
    public void Notified(string method, JsonElement parameters)
    {
        lock (_access)
        {
            foreach (var happening in _decoder.Take(method, parameters))
            {
                _events.Add(_request.KeepsRaw ? happening with { Raw = ForeignJson.Kept(parameters) } : happening);
                if (happening is ResultEvent)
                    _turnEnded.TrySetResult();
            }

            if (_decoder.HoldsText)
                _flush.Plan();
        }
    }

    /// <inheritdoc/>
    public string? Asked(string method, JsonElement parameters)
    {
        lock (_access)
        {
            var answer = _approvals.Answer(method, parameters);
            if (!_turnEnded.Task.IsCompleted)
                _events.Add(new SystemEvent { Subtype = answer.Subtype, Message = answer.Message });
            return answer.Result;
        }
    }

    private async Task Continue(string thread, CancellationToken cancellationToken)
    {
        try
        {
            await _server.Ask(
                "thread/resume",
                writer => _requests.ResumeThread(writer, thread),
                _requests.Words.TurnThreads,
                answer =>
                {
                    Opened(answer);
                    _events.Add(new SystemEvent { Subtype = "resumed" });
                },
                cancellationToken,
                isHarmlessTwice: true);
        }
        catch (JsonRpcException refused) when (KnownTroubles.Of(refused.Message) == KnownTrouble.UnknownSession)
        {
            throw new ProviderSessionNotFoundException($"codex does not know the thread '{thread}': {refused.Message}");
        }
    }

    // On the reader's thread: what the server says after its answer comes after this.
    private void Opened(JsonElement answer)
    {
        lock (_access)
        {
            SessionId = ForeignJson.Member(answer, "thread") is { } thread ? ForeignJson.Text(thread, "id") ?? "" : "";
            _decoder.ThreadId = SessionId;
            if (SessionId.Length > 0)
                _events.Add(new InitEvent { SessionId = SessionId, Raw = JsonRpcLines.Object(writer => writer.WriteString("version", _server.Version)) });
        }
    }

    private async Task StartTurn(string prompt, bool isFirstOfThread, CancellationToken cancellationToken)
    {
        lock (_access)
        {
            _decoder.Begin(isFirstOfThread);
            _turnEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _begun++;
        }

        try
        {
            await _server.Ask(
                "turn/start", writer => _requests.StartTurn(writer, SessionId, prompt), _requests.Words.TurnTurns, Named, cancellationToken);
        }
        catch (TimeoutException) when (IsNamed())
        {
            return; // the answer is late, the turn is not
        }
        catch (Exception failure) when (failure is JsonRpcException or TimeoutException)
        {
            lock (_access)
            {
                _decoder.End();
                _turnEnded.TrySetResult();
                _begun--;
            }

            throw CodexError.OfStart(failure);
        }
    }

    private void Named(JsonElement answer)
    {
        lock (_access)
            if (_decoder.TurnId.Length == 0 && ForeignJson.Member(answer, "turn") is { } turn)
                _decoder.TurnId = ForeignJson.Text(turn, "id") ?? "";
    }

    private bool IsNamed()
    {
        lock (_access)
            return _decoder.TurnId.Length > 0;
    }

    private async Task Steer(string text, string turn, CancellationToken cancellationToken)
    {
        try
        {
            await _server.Ask("turn/steer", CodexRequests.Steer(SessionId, text, turn), cancellationToken);
        }
        catch (Exception failure) when (failure is JsonRpcException or TimeoutException)
        {
            throw new AgentNotReadyException($"the running turn takes no message: {failure.Message}");
        }
    }

    private async Task Interrupt(CancellationToken cancellationToken)
    {
        Task ended;
        string turn;
        lock (_access)
            (ended, turn) = (_turnEnded.Task, _decoder.TurnId);
        if (ended.IsCompleted || turn.Length == 0)
            return;
        try
        {
            await Task.WhenAll(_server.Ask("turn/interrupt", CodexRequests.Interrupt(SessionId, turn), cancellationToken), ended)
                .WaitAsync(InterruptPatience, _request.Host.Clock, cancellationToken);
        }
        catch (Exception unheard) when (unheard is JsonRpcException or TimeoutException or OperationCanceledException)
        {
            _request.Host.Note("the turn could not be interrupted");
        }
    }

    private void Flush()
    {
        lock (_access)
        {
            foreach (var happening in _decoder.Flush())
                _events.Add(happening);
        }
    }

    private void Crashed(ErrorEvent ending)
    {
        lock (_access)
        {
            if (!_turnEnded.Task.IsCompleted)
            {
                foreach (var happening in _decoder.Flush())
                    _events.Add(happening);
                _events.Add(ending);
                _decoder.End();
                _turnEnded.TrySetResult();
            }

            _events.Complete();
        }
    }
}
