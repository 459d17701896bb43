using System.Runtime.CompilerServices;
using Donmai.Core.Sessions.Children;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Claude;

/// <summary>A <c>claude</c> session: one process per turn, all with the same options, environment and directory (worker.md §4.2).</summary>
internal sealed class ClaudeHandle : IAgentHandle
{
    private readonly string _program;
    private readonly AgentRequest _request;
    private readonly ClaudeFeatures _features;
    private readonly ClaudeFiles _files;
    private AgentProcess? _process;
    private bool _turnOpen;
    private bool _continues;
    private bool _stopping;

    /// <summary>Takes ownership of <paramref name="files"/>; <see cref="Begin"/> starts the first turn.</summary>
    public ClaudeHandle(string program, AgentRequest request, ClaudeFeatures features, ClaudeFiles files)
    {
        _program = program;
        _request = request;
        _features = features;
        _files = files;
    }

    /// <inheritdoc/>
    public string SessionId { get; private set; } = "";

    /// <summary>Starts the process of a turn.</summary>
    /// <exception cref="AgentStartException">The system refused; nothing runs.</exception>
    public void Begin(string prompt, string resume)
    {
        _process = AgentProcess.Start(
            new ChildProcessStart
            {
                Program = _program,
                Arguments = ClaudeArguments.Compose(_request, _features, _files, resume),
                Environment = _request.Environment,
                WorkingDirectory = _request.WorkingDirectory,
            },
            resume.Length == 0 ? _files.PromptPrefix + prompt : prompt,
            _request.Host);
        _turnOpen = true;
        _continues = SessionId.Length == 0 && resume.Length > 0;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AgentEvent> Turn([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_process is not { } process || !_turnOpen)
            yield break;
        var stream = new TurnStream();
        var decoder = new ClaudeDecoder();
        await foreach (var line in process.Lines(cancellationToken))
        {
            foreach (var happening in line.SkippedBytes > 0 ? [TurnStream.Oversize(line.SkippedBytes)] : decoder.Decode(line.Text))
            {
                if (_stopping || !stream.Accepts(happening))
                    continue;
                if (happening is InitEvent { SessionId.Length: > 0 } init)
                    SessionId = init.SessionId;
                yield return happening;
                if (happening is InitEvent && _continues)
                    yield return new SystemEvent { Subtype = "resumed" };
                _continues &= happening is not InitEvent;
            }
        }

        if (cancellationToken.IsCancellationRequested)
            yield break;
        var exit = await process.Finish(cancellationToken);
        _turnOpen = false;
        if (!stream.HasResult && !_stopping)
            yield return TurnStream.EndedWithoutResult("claude", exit, process.Complaints);
    }

    /// <inheritdoc/>
    public Task Inject(string text, CancellationToken cancellationToken)
    {
        if (SessionId.Length == 0)
            throw new AgentNotReadyException("the session id is not known yet");
        if (_turnOpen)
            throw new AgentNotReadyException("a turn is already running");
        Begin(text, SessionId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<AgentStop> Stop(CancellationToken atOnce)
    {
        _stopping = true;
        return _process is { } process ? await process.Stop(cooperative: true, atOnce) : AgentStop.Clean;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        if (_process is { } process)
            await process.DisposeAsync();
        _files.Dispose();
    }
}
