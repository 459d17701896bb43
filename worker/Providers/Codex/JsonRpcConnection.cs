using System.Text.Json;
using Polly;
using Polly.Retry;

namespace Donmai.Worker.Providers.Codex;

/// <summary>
/// A JSON-RPC client whose server speaks by itself as well, one JSON object a line (worker.md §4.3.1). Lines come in by <see cref="Receive"/>;
/// any number of requests may wait for their answers at the same time.
/// </summary>
/// <param name="name">What the server is called in error texts.</param>
/// <param name="send">Sends a line; must not wait.</param>
/// <param name="peer">Hears what the server says by itself.</param>
/// <param name="clock">Source of time.</param>
/// <param name="random">Source of jitter.</param>
internal sealed class JsonRpcConnection(string name, Action<string> send, IJsonRpcPeer peer, TimeProvider clock, Random random)
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private const int OverloadRetries = 4;
    private static readonly TimeSpan OverloadWait = TimeSpan.FromMilliseconds(500);
    private const int Repetitions = 2;
    private static readonly TimeSpan RepetitionWait = TimeSpan.FromSeconds(1);

    private readonly Lock _access = new();
    private readonly Dictionary<long, Pending> _pending = [];
    private long _lastId;
    private string? _gone;

    private readonly ResiliencePipeline _repetitions = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = static attempt => ValueTask.FromResult(attempt.Outcome.Exception is TimeoutException or JsonRpcException { IsFinal: false }),
            MaxRetryAttempts = Repetitions,
            Delay = RepetitionWait,
            BackoffType = DelayBackoffType.Exponential,
        })
        .Build();

    private readonly ResiliencePipeline _retries = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = static attempt => ValueTask.FromResult(attempt.Outcome.Exception is JsonRpcException { Code: JsonRpcException.Overloaded }),
            MaxRetryAttempts = OverloadRetries,
            Delay = OverloadWait,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Randomizer = random.NextDouble,
        })
        .Build();

    /// <summary>
    /// Sends a request and waits for its answer. It is sent again only where the server said that it had too much to do: after a time-out nobody
    /// knows what it has done.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Writes the members of <c>params</c>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="arrived">Takes the result on the reader's thread, before anything that the server said after it.</param>
    /// <exception cref="JsonRpcException">The server refused, or is gone.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="AnswerTimeout"/>.</exception>
    public async Task Request(string method, Action<Utf8JsonWriter> parameters, CancellationToken cancellationToken, Action<JsonElement>? arrived = null) =>
        await _retries.ExecuteAsync(async token => await Once(method, parameters, arrived, token), cancellationToken);

    /// <summary>
    /// As <see cref="Request"/>, for what does no harm when it is done twice: it is sent up to three times, one and two seconds apart, unless the server
    /// is gone or refused the request itself (worker.md §4.3.1).
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Writes the members of <c>params</c>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="arrived">Takes the result on the reader's thread, before anything that the server said after it.</param>
    /// <exception cref="JsonRpcException">The server refused, or is gone.</exception>
    /// <exception cref="TimeoutException">No answer to any of them within <see cref="AnswerTimeout"/>.</exception>
    public async Task RequestRepeatedly(
        string method, Action<Utf8JsonWriter> parameters, CancellationToken cancellationToken, Action<JsonElement>? arrived = null) =>
        await _repetitions.ExecuteAsync(async token => await Request(method, parameters, token, arrived), cancellationToken);

    /// <summary>Tells the server something.</summary>
    public void Notify(string method) => send(JsonRpcLines.Notification(method));

    /// <summary>Takes a line of the server's. What is no message is skipped.</summary>
    public void Receive(string line)
    {
        using var document = ForeignJson.Parse(line);
        if (document is not null)
            Take(document.RootElement);
    }

    /// <summary>The server is gone: everything that waits for an answer fails, and whatever is asked from now on.</summary>
    /// <param name="reason">What happened.</param>
    public void Close(string reason)
    {
        List<Pending> waiting;
        lock (_access)
        {
            _gone ??= reason;
            waiting = [.. _pending.Values];
            _pending.Clear();
        }

        foreach (var pending in waiting)
            pending.Answered.TrySetException(new JsonRpcException(0, reason));
    }

    private async Task Once(string method, Action<Utf8JsonWriter> parameters, Action<JsonElement>? arrived, CancellationToken cancellationToken)
    {
        var pending = new Pending(arrived);
        var id = Register(pending);
        try
        {
            send(JsonRpcLines.Request(method, id, parameters));
            await pending.Answered.Task.WaitAsync(AnswerTimeout, clock, cancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{name} did not answer {method} within {AnswerTimeout.TotalSeconds:0} s", late);
        }
        finally
        {
            lock (_access)
                _pending.Remove(id);
        }
    }

    private long Register(Pending pending)
    {
        lock (_access)
        {
            if (_gone is { } reason)
                throw new JsonRpcException(0, reason);
            _pending[++_lastId] = pending;
            return _lastId;
        }
    }

    private void Take(JsonElement message)
    {
        var method = ForeignJson.Text(message, "method");
        var id = ForeignJson.Member(message, "id") is { ValueKind: JsonValueKind.Number or JsonValueKind.String } given ? given : (JsonElement?)null;
        var parameters = ForeignJson.Member(message, "params") ?? default;
        if (method is not null && id is { } asked)
            Answer(asked, method, parameters);
        else if (method is not null)
            peer.Notified(method, parameters);
        else if (id is { ValueKind: JsonValueKind.Number } answered && answered.TryGetInt64(out var number))
            Complete(number, message);
    }

    private void Answer(JsonElement id, string method, JsonElement parameters) => send(
        peer.Asked(method, parameters) is { } result ? JsonRpcLines.Result(id, result) : JsonRpcLines.UnknownMethod(id, method));

    private void Complete(long id, JsonElement message)
    {
        Pending? pending;
        lock (_access)
            if (!_pending.Remove(id, out pending))
                return;
        if (ForeignJson.Member(message, "error") is { ValueKind: JsonValueKind.Object } error)
        {
            var code = (int)Math.Clamp(ForeignJson.Integer(error, "code"), int.MinValue, int.MaxValue);
            pending.Answered.TrySetException(new JsonRpcException(code, ForeignJson.Text(error, "message") ?? $"error {code}"));
            return;
        }

        pending.Arrived?.Invoke(ForeignJson.Member(message, "result") ?? default);
        pending.Answered.TrySetResult();
    }

    private sealed record Pending(Action<JsonElement>? Arrived)
    {
        public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
