using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Donmai.FakePlatform.Sessions;
using Donmai.FakePlatform.Workers;

namespace Donmai.FakePlatform.Work;

/// <summary>The queue: hands items out to whoever polls, once, and takes back what is refused (platform-api.md §7, §8).</summary>
public sealed class WorkDesk
{
    private static readonly string[] NackKeys = ["sessionId", "issueId", "issueIdentifier", "priority", "queuedAt"];

    private readonly Ledger _ledger;
    private readonly WorkerDesk _workers;
    private readonly List<JsonNode?> _queue = [];
    private readonly List<(string SessionId, InboxMessage Message)> _inbox = [];
    private int _messages;

    internal WorkDesk(Ledger ledger, WorkerDesk workers)
    {
        _ledger = ledger;
        _workers = workers;
    }

    /// <summary>Items that nobody has claimed yet.</summary>
    public int Waiting
    {
        get
        {
            lock (_ledger.Gate)
                return _queue.Count;
        }
    }

    /// <summary>The items that nobody has claimed yet, as JSON.</summary>
    public ImmutableList<JsonElement> Queue
    {
        get
        {
            lock (_ledger.Gate)
                return [.. _queue.Select(static item => JsonSerializer.SerializeToElement(item, PlatformJson.Default.JsonNode))];
        }
    }

    /// <summary>
    /// Queues a work item as it is: any JSON, malformed items too. An object gets <c>sessionId</c>, <c>queuedAt</c> and <c>priority</c> only where
    /// <paramref name="complete"/> asks for it.
    /// </summary>
    /// <returns>The item's <c>sessionId</c>, if it has one.</returns>
    public string? Enqueue(JsonNode? item, bool complete = false)
    {
        var queued = item?.DeepClone();
        if (complete && queued is JsonObject partial)
        {
            partial.TryAdd("sessionId", Guid.NewGuid().ToString());
            partial.TryAdd("queuedAt", _ledger.Now.ToUnixTimeMilliseconds());
            partial.TryAdd("priority", 3);
        }

        lock (_ledger.Gate)
            _queue.Add(queued);
        return SessionId(queued);
    }

    /// <summary>Queues a work item that is written as JSON.</summary>
    public string? Enqueue(string json) => Enqueue(JsonNode.Parse(json));

    /// <summary>Sends a message to a session with the next poll of the worker that runs it.</summary>
    /// <returns>The id of its delivery.</returns>
    public string Tell(string sessionId, InboxMessage message)
    {
        lock (_ledger.Gate)
        {
            _ledger.Session(sessionId);
            var id = message.DeliveryId ?? string.Create(CultureInfo.InvariantCulture, $"dlv_{++_messages}");
            _inbox.Add((sessionId, message with { DeliveryId = id }));
            return id;
        }
    }

    internal JsonObject Poll(Credential credential, string workerId, int limit)
    {
        lock (_ledger.Gate)
        {
            var worker = _workers.Authenticated(credential, workerId);
            _ledger.Workers[workerId] = worker with { Polls = worker.Polls + 1 };
            var items = _queue[..Math.Min(limit, _queue.Count)];
            _queue.RemoveRange(0, items.Count);
            var claimed = items.Select(item => Claim(item, workerId)).OfType<string>().ToList();
            var answer = new JsonObject
            {
                ["work"] = new JsonArray([.. items]),
                ["preClaimed"] = true,
                ["claimedSessionIds"] = new JsonArray([.. claimed.Select(static id => JsonValue.Create(id))]),
            };
            AddInbox(answer, workerId);
            return answer;
        }
    }

    internal JsonObject Nack(Credential credential, string sessionId, JsonBody body)
    {
        var workerId = body.Text("workerId");
        var work = body.Object("work");
        if (NackKeys.FirstOrDefault(key => !work.Root.ContainsKey(key)) is { } missing)
            throw RefusedException.Bad($"\"work\" has no \"{missing}\"");
        lock (_ledger.Gate)
        {
            _workers.Authenticated(credential, workerId);
            var session = _ledger.Session(sessionId);
            if (session.ClaimedBy != workerId || session.IsTerminal)
                throw RefusedException.Conflict("the session is not claimed by this worker");
            var nack = new Nack(_ledger.Now, workerId, body.OptionalText("reason"), work.Element());
            _ledger.Sessions[sessionId] = session with { State = SessionState.Queued, ClaimedBy = null, Nacks = session.Nacks.Add(nack) };
            _queue.Add(work.Root.DeepClone());
            return new JsonObject { ["nacked"] = true, ["sessionId"] = sessionId, ["requeued"] = true };
        }
    }

    private string? Claim(JsonNode? item, string workerId)
    {
        if (SessionId(item) is not { } id)
            return null;
        var session = _ledger.Sessions.GetValueOrDefault(id) ?? new Session { Id = id };
        if (!session.IsTerminal)
            session = session with { State = SessionState.Claimed, ClaimedBy = workerId };
        _ledger.Sessions[id] = session with
        {
            Item = JsonSerializer.SerializeToElement(item, PlatformJson.Default.JsonNode),
            Claims = session.Claims + 1,
        };
        return id;
    }

    private void AddInbox(JsonObject answer, string workerId)
    {
        var mine = _inbox.Where(entry => _ledger.Session(entry.SessionId).ClaimedBy == workerId).ToList();
        answer["hasInboxMessages"] = mine.Count > 0;
        if (mine.Count == 0)
            return;
        _inbox.RemoveAll(mine.Contains);
        answer["inboxMessages"] = new JsonObject(mine.GroupBy(static entry => entry.SessionId).Select(static session => KeyValuePair.Create(
            session.Key,
            (JsonNode?)new JsonArray([.. session.Select(static entry => Node(entry.Message))]))));
    }

    private static JsonObject Node(InboxMessage message)
    {
        var node = new JsonObject { ["deliveryId"] = message.DeliveryId, ["text"] = message.Text };
        if (message.Kind is { } kind)
            node["kind"] = kind;
        if (message.TurnId is { } turn)
            node["turnId"] = turn;
        return node;
    }

    private static string? SessionId(JsonNode? item) =>
        item is JsonObject root && root["sessionId"] is JsonValue value && value.TryGetValue<string>(out var id) && id.Length > 0 ? id : null;
}
