using System.Runtime.CompilerServices;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Http;

/// <summary>
/// A conversation with a model that keeps nothing itself (worker.md §4.4.1, §4.7): every turn is one request with everything that was said, and one
/// answer that is read as it comes. Text only.
/// </summary>
/// <param name="request">What to start.</param>
/// <param name="name">Name of the provider.</param>
/// <param name="userRole">The user's name in the conversation.</param>
/// <param name="modelRole">The model's.</param>
internal abstract class HttpConversation(AgentRequest request, string name, string userRole, string modelRole) : IAgentHandle
{
    private const int IdLength = 16;

    private readonly CancellationTokenSource _stop = new();
    private HttpResponseMessage? _answer;

    /// <inheritdoc/>
    public string SessionId { get; } = $"{name}-session-{Guid.NewGuid().ToString("N")[..IdLength]}";

    /// <summary>What was said, oldest first.</summary>
    protected List<(string Role, string Text)> History { get; } = [];

    /// <summary>Cancelled when the conversation is over.</summary>
    protected CancellationToken Stopped => _stop.Token;

    /// <summary>What the model has said in the answer that was read last.</summary>
    protected abstract string Said { get; }

    /// <summary>Longest time of an answer from its beginning; infinite for none.</summary>
    protected virtual TimeSpan LongestAnswer => Timeout.InfiniteTimeSpan;

    /// <inheritdoc/>
    public async Task Inject(string text, CancellationToken cancellationToken)
    {
        if (_stop.IsCancellationRequested)
            throw new AgentNotReadyException("the conversation was stopped");
        if (_answer is not null)
            throw new AgentNotReadyException("the model is still answering");
        History.Add((userRole, text));
        try
        {
            _answer = await Ask(cancellationToken);
        }
        catch (AgentStartException)
        {
            History.RemoveAt(History.Count - 1);
            throw;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AgentEvent> Turn([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_answer is not { } answer)
            yield break;
        using var over = new CancellationTokenSource(LongestAnswer, request.Host.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token, over.Token);
        var stream = new TurnStream();
        await using var events = Read(answer, ending.Token).GetAsyncEnumerator(ending.Token);
        while (!stream.HasResult && await Next(events))
        {
            foreach (var happening in stream.Take(events.Current))
                yield return happening;
            if (events.Current is ErrorEvent { Fatal: true })
                break;
        }

        if (cancellationToken.IsCancellationRequested)
            yield break;
        answer.Dispose();
        _answer = null;
        if (Said is { Length: > 0 } said)
            History.Add((modelRole, said));
        if (over.IsCancellationRequested)
            yield return new ErrorEvent { Message = $"{name} did not end its answer within {LongestAnswer.TotalMinutes:0} min", Code = "stream_read", Fatal = true };
    }

    /// <inheritdoc/>
    public async Task<AgentStop> Stop(CancellationToken atOnce)
    {
        await _stop.CancelAsync();
        return AgentStop.Clean;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _answer?.Dispose();
    }

    /// <summary>Asks with everything that was said; returns once the answer begins.</summary>
    /// <exception cref="AgentStartException">There is no answer.</exception>
    protected abstract Task<HttpResponseMessage> Ask(CancellationToken cancellationToken);

    /// <summary>The events of an answer; a fatal error ends them where it breaks off.</summary>
    protected abstract IAsyncEnumerable<AgentEvent> Read(HttpResponseMessage answer, CancellationToken cancellationToken);

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
}
