using System.Runtime.CompilerServices;
using Donmai.Worker.Providers.Http;

namespace Donmai.Worker.Providers.Opencode;

/// <summary>A subscription to the events of a server. It is made before a turn is started, so that none of its events is missed.</summary>
internal sealed class OpencodeSubscription : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _ending;
    private HttpResponseMessage? _answer;
    private IAsyncEnumerator<string>? _events;
    private Task<bool> _next = Task.FromResult(true);

    private OpencodeSubscription(CancellationToken life) => _ending = CancellationTokenSource.CreateLinkedTokenSource(life);

    /// <summary>Subscribes and waits for the server to say that it has begun.</summary>
    /// <param name="api">The server.</param>
    /// <param name="clock">Source of time.</param>
    /// <param name="life">Ends the subscription.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AgentStartException">The server refused, or said nothing.</exception>
    public static async Task<OpencodeSubscription> Begin(OpencodeApi api, TimeProvider clock, CancellationToken life, CancellationToken cancellationToken)
    {
        var subscription = new OpencodeSubscription(life);
        using var over = new CancellationTokenSource(Patience, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over.Token);
        try
        {
            await using (ending.Token.Register(subscription._ending.Cancel))
                await subscription.Open(api, clock);
            ending.Token.ThrowIfCancellationRequested();
            return subscription;
        }
        catch (Exception failure) when (failure is AgentStartException or OperationCanceledException)
        {
            await subscription.DisposeAsync();
            if (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                throw new AgentStartException($"the opencode server did not begin the subscription within {Patience.TotalSeconds:0} s");
            throw;
        }
    }

    /// <summary>The events after the first, until the connection is lost.</summary>
    public async IAsyncEnumerable<string> ReadAll([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await Next(cancellationToken))
            yield return _events!.Current;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        try
        {
            await _next;
        }
        catch (Exception ended) when (IsLoss(ended) || ended is OperationCanceledException)
        {
            // That is what was asked for.
        }

        _answer?.Dispose();
        _ending.Dispose();
    }

    private async Task Open(OpencodeApi api, TimeProvider clock)
    {
        _answer = await api.Events(_ending.Token);
        _events = ServerSentEvents.Read(await _answer.Content.ReadAsStreamAsync(_ending.Token), clock, _ending.Token).GetAsyncEnumerator(_ending.Token);
        if (!await Next(_ending.Token))
            throw new AgentStartException("the opencode server ended the subscription at once");
    }

    private async Task<bool> Next(CancellationToken cancellationToken)
    {
        try
        {
            return await (_next = _events!.MoveNextAsync().AsTask()).WaitAsync(cancellationToken);
        }
        catch (Exception lost) when (IsLoss(lost))
        {
            return false;
        }
    }

    private static bool IsLoss(Exception failure) => failure is IOException or HttpRequestException or ObjectDisposedException;
}
