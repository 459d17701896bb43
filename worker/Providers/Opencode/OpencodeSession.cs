using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Opencode;

/// <summary>A session of an <c>opencode</c> server (worker.md §4.5, HTTP mode).</summary>
internal sealed class OpencodeSession : IAgentHandle
{
    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan[] Reconnecting =
        [.. new[] { 0.25, 0.5, 1, 2, 4, 5, 5 }.Select(static seconds => TimeSpan.FromSeconds(seconds))];

    private readonly OpencodeServer _server;
    private readonly OpencodeApi _api;
    private readonly AgentRequest _request;
    private readonly OpencodeEvents _events;
    private readonly CancellationTokenSource _stop = new();
    private OpencodeSubscription? _subscription;
    private bool _resumes;

    private OpencodeSession(OpencodeServer server, OpencodeApi api, AgentRequest request, string session)
    {
        _server = server;
        _api = api;
        _request = request;
        _events = new OpencodeEvents(session);
        SessionId = session;
    }

    /// <inheritdoc/>
    public string SessionId { get; }

    /// <summary>Makes a session, or continues one, and starts its turn.</summary>
    /// <param name="server">The server; disposed with the session, and when it cannot be begun.</param>
    /// <param name="request">What to start.</param>
    /// <param name="resume">Session to continue; empty for a new one.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="AgentStartException">The server refused.</exception>
    /// <exception cref="ProviderSessionNotFoundException">The server does not know the session.</exception>
    public static async Task<IAgentHandle> Begin(OpencodeServer server, AgentRequest request, string resume, CancellationToken cancellationToken)
    {
        try
        {
            var api = new OpencodeApi(server.Connection, request.WorkingDirectory, request.Host.Clock);
            var id = resume.Length > 0 ? resume : await api.CreateSession("donmai", cancellationToken);
            var session = new OpencodeSession(server, api, request, id) { _resumes = resume.Length > 0 };
            if (session._resumes)
                session._events.TakeAll(await api.Messages(id, cancellationToken), out _);
            await session.Ask(request.Prompt, cancellationToken);
            return session;
        }
        catch (Exception refused) when (refused is AgentStartException or ProviderSessionNotFoundException or OperationCanceledException)
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task Inject(string text, CancellationToken cancellationToken)
    {
        if (_stop.IsCancellationRequested)
            throw new AgentNotReadyException("the agent was stopped");
        if (_subscription is not null)
            throw new AgentNotReadyException("a turn is already running");
        return Ask(text, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AgentEvent> Turn([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_subscription is null)
            yield break;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        var stream = new TurnStream();
        foreach (var happening in stream.Take(new InitEvent { SessionId = SessionId }))
            yield return happening;
        if (_resumes)
            yield return new SystemEvent { Subtype = "resumed" };
        _resumes = false;
        await using var happenings = Happenings(ending.Token).GetAsyncEnumerator(ending.Token);
        while (!stream.HasResult && await Next(happenings))
        {
            foreach (var happening in stream.Take(happenings.Current))
                yield return happening;
            if (happenings.Current is ErrorEvent { Fatal: true })
                break;
        }

        if (cancellationToken.IsCancellationRequested)
            yield break;
        await Unsubscribe();
    }

    /// <inheritdoc/>
    public async Task<AgentStop> Stop(CancellationToken atOnce)
    {
        if (_subscription is not null && !_stop.IsCancellationRequested)
            await Abort(atOnce);
        await _stop.CancelAsync();
        return await _server.Stop(atOnce);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Unsubscribe();
        await _server.DisposeAsync();
    }

    private static async ValueTask<bool> Next(IAsyncEnumerator<AgentEvent> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task Ask(string text, CancellationToken cancellationToken)
    {
        _events.BeginTurn();
        _subscription = await OpencodeSubscription.Begin(_api, _request.Host.Clock, _stop.Token, cancellationToken);
        try
        {
            await _api.Prompt(SessionId, Prompt(text), cancellationToken);
        }
        catch (Exception refused) when (refused is AgentStartException or OperationCanceledException)
        {
            await Unsubscribe();
            throw;
        }
    }

    private JsonObject Prompt(string text)
    {
        var prompt = new JsonObject { ["parts"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }) };
        if (_request.Model.Split('/', 2) is [{ Length: > 0 } provider, { Length: > 0 } model])
            prompt["model"] = new JsonObject { ["providerID"] = provider, ["modelID"] = model };
        else if (_request.Model.Length > 0)
            _request.Host.Warn($"opencode wants a model as provider/model; '{_request.Model}' was left out");
        if (_request.Effort.Length > 0)
            prompt["variant"] = _request.Effort;
        if (_server.IsOwn && OpencodeConfiguration.DefinesAgent(_request))
            prompt["agent"] = OpencodeConfiguration.AgentName;
        else if (_request.SystemPrompt.Length > 0)
            prompt["system"] = _request.SystemPrompt;
        return prompt;
    }

    private async IAsyncEnumerable<AgentEvent> Happenings([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (_subscription is { } subscription)
        {
            await foreach (var data in subscription.ReadAll(cancellationToken))
            {
                var happenings = _events.Take(data, out var question);
                if (question is not null)
                    happenings.Add(await Answer(question, cancellationToken));
                foreach (var happening in happenings)
                    yield return happening;
            }

            var (missed, lost) = await Reconnect(cancellationToken);
            foreach (var happening in missed)
                yield return happening;
            if (lost is not null)
                yield return new ErrorEvent { Message = lost, Code = "opencode_stream_read", Fatal = true };
        }
    }

    // What is allowed is decided by the configuration; what is asked nevertheless goes by the policy.
    private async Task<AgentEvent> Answer(PermissionQuestion question, CancellationToken cancellationToken)
    {
        var isGranted = _request.Policy == ExecutionPolicy.Full && !_request.ReadsOnly;
        try
        {
            await _api.Answer(question.Session, question.Id, isGranted, cancellationToken);
            return new SystemEvent { Subtype = isGranted ? "approval" : "approval_denied", Message = question.Subject };
        }
        catch (AgentStartException refused)
        {
            return new ErrorEvent { Message = $"a question for permission could not be answered: {refused.Message}", Code = "opencode_error" };
        }
    }

    /// <summary>Subscribes again and takes what was missed.</summary>
    private async Task<(List<AgentEvent> Missed, string? Lost)> Reconnect(CancellationToken cancellationToken)
    {
        var reason = "the connection to the opencode server was lost";
        foreach (var wait in Reconnecting)
        {
            await Unsubscribe();
            if (_server.Ended is { } end)
                return ([], end);
            await Task.Delay(wait, _request.Host.Clock, cancellationToken);
            try
            {
                _subscription = await OpencodeSubscription.Begin(_api, _request.Host.Clock, _stop.Token, cancellationToken);
                var missed = _events.TakeAll(await _api.Messages(SessionId, cancellationToken), out var isOver);
                return (isOver ? [.. missed, .. _events.Idle()] : missed, null);
            }
            catch (Exception again) when (again is AgentStartException or ProviderSessionNotFoundException)
            {
                reason = again.Message;
            }
        }

        return ([], _server.Ended ?? reason);
    }

    private async Task Abort(CancellationToken atOnce)
    {
        if (atOnce.IsCancellationRequested)
            return;
        using var over = new CancellationTokenSource(AbortPatience, _request.Host.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(atOnce, over.Token);
        try
        {
            await _api.Abort(SessionId, ending.Token);
        }
        catch (Exception unheard) when (unheard is AgentStartException or OperationCanceledException)
        {
            _request.Host.Note($"the server was not told to abandon the turn: {unheard.Message}");
        }
    }

    private async ValueTask Unsubscribe()
    {
        if (_subscription is { } subscription)
            await subscription.DisposeAsync();
        _subscription = null;
    }
}
