using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Providers.Processes;

/// <summary>
/// A session of an agent whose program is run once for every turn, always with the same options, environment and directory (worker.md §4.0,
/// §4.2). The first run is started by <see cref="Begin"/>, each follow-up by <see cref="Inject"/>.
/// </summary>
internal sealed class TurnPerProcess : IAgentHandle
{
    private readonly ITurnProgram _program;
    private readonly IAgentHost _host;
    private AgentProcess? _process;
    private bool _turnOpen;
    private bool _resumes;
    private volatile bool _stopping;
    private bool _keepsRaw;

    private TurnPerProcess(ITurnProgram program, IAgentHost host)
    {
        _program = program;
        _host = host;
    }

    /// <inheritdoc/>
    public string SessionId { get; private set; } = "";

    /// <summary>Starts the first run.</summary>
    /// <param name="program">What is run; disposed with the session.</param>
    /// <param name="host">The worker's side.</param>
    /// <param name="prompt">The first message.</param>
    /// <param name="resume">Provider session to continue; empty for a new one.</param>
    /// <param name="keepsRaw">Whether events carry the lines they were made of.</param>
    /// <exception cref="AgentStartException">The system refused; nothing runs.</exception>
    public static TurnPerProcess Begin(ITurnProgram program, IAgentHost host, string prompt, string resume, bool keepsRaw = false)
    {
        var session = new TurnPerProcess(program, host) { _resumes = resume.Length > 0, _keepsRaw = keepsRaw };
        try
        {
            session.Start(prompt, resume);
            return session;
        }
        catch (AgentStartException)
        {
            program.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AgentEvent> Turn([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_process is not { } process || !_turnOpen)
            yield break;
        var stream = new TurnStream();
        var decoder = _program.NewDecoder();
        foreach (var happening in Deliver(stream, decoder.Begin()))
            yield return happening;
        await foreach (var line in process.Lines(cancellationToken))
            foreach (var happening in Deliver(stream, line.SkippedBytes > 0 ? [TurnStream.Oversize(line.SkippedBytes)] : Decode(decoder, line.Text)))
                yield return happening;
        if (cancellationToken.IsCancellationRequested)
            yield break;
        var exit = await process.Finish(cancellationToken);
        _turnOpen = false;
        foreach (var happening in Deliver(stream, decoder.End(exit)))
            yield return happening;
        if (_stopping)
            yield break;
        if (_resumes && !stream.HasResult && KnownTroubles.Of(process.Complaints) == KnownTrouble.UnknownSession)
            yield return new ResultEvent { Success = false, Errors = [process.Complaints.Trim()], ErrorSubtype = "session_not_found" };
        else
            foreach (var happening in stream.End(_program.Name, exit, process.Complaints))
                yield return happening;
    }

    /// <inheritdoc/>
    public Task Inject(string text, CancellationToken cancellationToken)
    {
        if (_stopping)
            throw new AgentNotReadyException("the agent was stopped");
        if (SessionId.Length == 0)
            throw new AgentNotReadyException("the session id is not known yet");
        if (_turnOpen)
            throw new AgentNotReadyException("a turn is already running");
        Start(text, SessionId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<AgentStop> Stop(CancellationToken atOnce)
    {
        _stopping = true;
        return _process is { } process ? await process.Stop(_program.HeedsInterrupt, atOnce) : AgentStop.Clean;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        if (_process is { } process)
            await process.DisposeAsync();
        _program.Dispose();
    }

    private void Start(string prompt, string resume)
    {
        var start = _program.Compose(prompt, resume);
        _process = AgentProcess.Start(start.Process, start.Input, _host);
        _turnOpen = true;
    }

    private IReadOnlyList<AgentEvent> Decode(ITurnDecoder decoder, string line)
    {
        var happenings = decoder.Decode(line);
        return _keepsRaw && happenings.Any(static happening => happening is not SystemEvent { Subtype: "undecodable_line" })
            ? [.. happenings.Select((happening, index) => index == 0 ? happening with { Raw = ForeignJson.Kept(line) } : happening)]
            : happenings;
    }

    // Which program it was is told with every session (CP-13).
    private AgentEvent WithVersion(AgentEvent happening) => happening is InitEvent && _program.Version.Length > 0
        ? happening with { Raw = new JsonText(new JsonObject { ["version"] = _program.Version }.ToJsonString()) }
        : happening;

    private IEnumerable<AgentEvent> Deliver(TurnStream stream, IReadOnlyList<AgentEvent> happenings)
    {
        foreach (var happening in happenings.SelectMany(stream.Take))
        {
            if (_stopping)
                yield break;
            if (happening is InitEvent { SessionId.Length: > 0 } init)
                SessionId = init.SessionId;
            yield return WithVersion(happening);
            if (happening is not InitEvent || !_resumes)
                continue;
            _resumes = false;
            yield return new SystemEvent { Subtype = "resumed" };
        }
    }
}
