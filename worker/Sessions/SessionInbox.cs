using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

/// <summary>
/// Messages from outside for the agent (worker.md §8.2): in order of arrival, those that steer first, one a turn. Context waits for the next
/// message of a user. A message is acknowledged once the turn that has it was started; what is not delivered stays unacknowledged.
/// </summary>
internal sealed partial class SessionInbox : IAsyncDisposable
{
    private const string User = "user";
    private const string Steer = "steer";

    /// <summary>Stands above what is not said by anybody, but good to know.</summary>
    public const string ContextHeading = "Additional context:";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _access = new();
    private readonly List<InboxMessage> _waiting = [];
    private readonly HashSet<string> _handedOut = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _taken = new(StringComparer.Ordinal);
    private readonly ISessionDetailSource _source;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _ending = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Creates an empty inbox; every detail is given to <see cref="Take"/>.</summary>
    /// <param name="source">Whom to tell what the agent has.</param>
    /// <param name="log">The worker's log.</param>
    public SessionInbox(ISessionDetailSource source, ILogger log)
    {
        _source = source;
        _log = log;
    }

    /// <summary>Takes the messages of a detail. Those that are known already are left out.</summary>
    public void Take(SessionDetail detail)
    {
        lock (_access)
        {
            foreach (var message in detail.Inbox ?? [])
            {
                if (_taken.TryGetValue(message.DeliveryId, out var acknowledged))
                    Repeat(message, acknowledged);
                else if (string.IsNullOrWhiteSpace(message.Text))
                    Acknowledge(message);
                else if (!_handedOut.Contains(message.DeliveryId) && !_waiting.Exists(known => known.DeliveryId == message.DeliveryId))
                    _waiting.Add(message);
            }

            _news.SetResult();
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The context that waits for a message, to be put before it.</summary>
    public NextTurn TakeContext()
    {
        lock (_access)
            return Withdraw([.. _waiting.Where(IsContext)]);
    }

    /// <summary>The next message of a user, with the context before it.</summary>
    /// <returns><see langword="null"/> when none waits.</returns>
    public NextTurn? TryNext()
    {
        lock (_access)
        {
            return (_waiting.Find(IsSteering) ?? _waiting.Find(IsMessage)) is { } message
                ? Withdraw([.. _waiting.Where(IsContext), message])
                : null;
        }
    }

    /// <summary>A message that may go into the turn that runs.</summary>
    public NextTurn? TrySteer()
    {
        lock (_access)
            return _waiting.Find(IsSteering) is { } message ? Withdraw([message]) : null;
    }

    /// <summary>Waits until there is a message of a user.</summary>
    public Task Message(CancellationToken cancellationToken) => Arrival(IsMessage, cancellationToken);

    /// <summary>Waits until there is a message that may go into a running turn.</summary>
    public Task Steering(CancellationToken cancellationToken) => Arrival(IsSteering, cancellationToken);

    /// <summary>The agent has them.</summary>
    public void Started(NextTurn turn)
    {
        lock (_access)
            foreach (var message in turn.Inputs.Where(message => !_taken.ContainsKey(message.DeliveryId)))
            {
                Acknowledge(message);
                _handedOut.Remove(message.DeliveryId);
            }
    }

    /// <summary>The agent could not be given them; they come first again.</summary>
    public void GiveBack(NextTurn turn)
    {
        lock (_access)
        {
            _waiting.InsertRange(0, turn.Inputs);
            _handedOut.ExceptWith(turn.Inputs.Select(static message => message.DeliveryId));
        }
    }

    /// <summary>Gives the acknowledgements that are on their way a moment.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] pending;
        lock (_access)
            pending = [.. _taken.Values];
        _ending.CancelAfter(Patience);
        await Task.WhenAll(pending);
        _ending.Dispose();
    }

    private static bool IsSteering(InboxMessage message) => message.Kind == Steer;

    private static bool IsMessage(InboxMessage message) => !IsContext(message);

    private static bool IsContext(InboxMessage message) => message.Kind is not (User or Steer);

    private async Task Arrival(Predicate<InboxMessage> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task news;
            lock (_access)
            {
                if (_waiting.Exists(wanted))
                    return;
                news = _news.Task;
            }

            await news.WaitAsync(cancellationToken);
        }
    }

    private NextTurn Withdraw(List<InboxMessage> messages)
    {
        _waiting.RemoveAll(messages.Contains);
        _handedOut.UnionWith(messages.Select(static message => message.DeliveryId)); // the daemon shows them until they are acknowledged
        var context = messages.Where(IsContext).Select(static message => message.Text.Trim()).ToList();
        var words = messages.Where(IsMessage).Select(static message => message.Text);
        string[] heading = context.Count > 0 ? [$"{ContextHeading}\n{string.Join("\n\n", context)}"] : [];
        return new NextTurn(string.Join("\n\n", [.. heading, .. words]), TurnPurpose.Work, messages);
    }

    // The daemon still shows it, so it has not heard of it.
    private void Repeat(InboxMessage message, Task acknowledged)
    {
        if (acknowledged.IsCompleted)
            Acknowledge(message);
    }

    private void Acknowledge(InboxMessage message) => _taken[message.DeliveryId] = Tell(message.DeliveryId);

    private async Task Tell(string deliveryId)
    {
        await Task.Yield(); // whoever takes a message holds the lock
        try
        {
            if (await _source.Acknowledge(deliveryId, _ending.Token) is { } problem)
                NotAcknowledged(deliveryId, problem);
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            NotAcknowledged(deliveryId, "the session ended");
        }
    }
}
