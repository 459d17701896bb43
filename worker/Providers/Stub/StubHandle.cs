using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Providers.Stub;

/// <summary>A stub session: plays one script per turn until it is stopped (worker.md §4.1).</summary>
internal sealed class StubHandle : IAgentHandle
{
    private const int InboxSize = 16;

    private readonly string _behavior;
    private readonly AgentRequest _request;
    private readonly StubScripts _scripts;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<string> _inbox = Channel.CreateBounded<string>(InboxSize);
    private int _turn = 1;
    private bool _turnEnded;

    /// <summary>Creates the session; its first turn has begun.</summary>
    public StubHandle(string sessionId, string behavior, AgentRequest request, bool resumed, TimeProvider clock)
    {
        SessionId = sessionId;
        _behavior = behavior;
        _request = request;
        _scripts = new StubScripts(sessionId, request, resumed, _inbox.Reader, clock);
    }

    /// <inheritdoc/>
    public string SessionId { get; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AgentEvent> Turn([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_turnEnded)
            yield break;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        await using var script = _scripts.Play(_behavior, _turn, ending.Token).GetAsyncEnumerator(ending.Token);
        while (await Next(script))
            yield return script.Current;
        _turnEnded = true;
        if (_stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested && !_scripts.HasResult)
            yield return new ResultEvent { Success = false, Errors = ["the stub was stopped"], ErrorSubtype = "stopped" };
    }

    /// <inheritdoc/>
    public Task Inject(string text, CancellationToken cancellationToken)
    {
        if (_request.Configuration.Flag("stub.injectUnsupported"))
            throw new AgentUnsupportedException("this stub takes no messages");
        if (_stop.IsCancellationRequested)
            throw new AgentNotReadyException("the stub was stopped");
        if (!_inbox.Writer.TryWrite(text))
            throw new AgentNotReadyException("16 messages are already waiting");
        if (_turnEnded)
        {
            _turn++;
            _turnEnded = false;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<AgentStop> Stop(CancellationToken atOnce)
    {
        await _stop.CancelAsync();
        return await _scripts.EndChildren(atOnce);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stop(new CancellationToken(canceled: true));
        _stop.Dispose();
    }

    private static async ValueTask<bool> Next(IAsyncEnumerator<AgentEvent> script)
    {
        try
        {
            return await script.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
