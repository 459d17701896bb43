using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Donmai.FakePlatform.Workers;

namespace Donmai.FakePlatform.Sessions;

/// <summary>Takes what workers tell about sessions (platform-api.md §9 to §11).</summary>
public sealed class SessionDesk
{
    private static readonly string[] ActivityTypes = ["thought", "action", "response", "error", "context"];

    private readonly Ledger _ledger;
    private readonly HashSet<string> _posted = new(StringComparer.Ordinal);

    internal SessionDesk(Ledger ledger) => _ledger = ledger;

    /// <summary>All sessions that were ever handed out.</summary>
    public ImmutableList<Session> All
    {
        get
        {
            lock (_ledger.Gate)
                return [.. _ledger.Sessions.Values];
        }
    }

    /// <summary>One session; <see langword="null"/> while it was not handed out.</summary>
    public Session? Find(string id)
    {
        lock (_ledger.Gate)
            return _ledger.Sessions.GetValueOrDefault(id);
    }

    /// <summary>Takes a session away from its worker: its lock is refused from now on.</summary>
    public void TakeAway(string id) => Change(id, static session => session with { TakenAway = true });

    /// <summary>Wants a session ended: its worker is told so with the next refresh of its lock.</summary>
    public void AskToStop(string id) => Change(id, static session => session with { StopAsked = true });

    internal JsonObject RefreshLock(Credential credential, string id, JsonBody body)
    {
        WorkerDesk.RequireRuntimeToken(credential);
        body.Text("issueId");
        lock (_ledger.Gate)
        {
            var session = _ledger.Session(id);
            _ledger.Sessions[id] = session with { LockRefreshes = session.LockRefreshes + 1 };
            var held = session.ClaimedBy == (body.OptionalText("workerId") ?? credential.WorkerId) && !session.TakenAway && !session.IsTerminal;
            var answer = new JsonObject { ["refreshed"] = held };
            if (session.StopAsked)
                answer["stop"] = true;
            return answer;
        }
    }

    internal JsonObject AddActivity(Credential credential, string id, JsonBody body, string? key)
    {
        WorkerDesk.RequireRuntimeToken(credential);
        var activity = body.Object("activity");
        var type = activity.Text("type");
        if (!ActivityTypes.Contains(type))
            throw RefusedException.Bad($"\"type\" is \"{type}\", not one of {string.Join(", ", ActivityTypes)}");
        var content = activity.OptionalText("content") ?? throw RefusedException.Bad("\"content\" is not a string");
        return Once(id, "activity", key, session => session with
        {
            Activities = session.Activities.Add(new Activity(_ledger.Now, body.OptionalText("workerId"), type, content, activity.Element())),
        });
    }

    internal JsonObject SetStatus(Credential credential, string id, JsonBody body, string? key)
    {
        WorkerDesk.RequireRuntimeToken(credential);
        var workerId = body.Text("workerId");
        var status = body.Text("status");
        var state = status switch
        {
            "running" => SessionState.Running,
            "completed" => SessionState.Completed,
            "failed" => SessionState.Failed,
            "stopped" => SessionState.Stopped,
            _ => throw RefusedException.Bad($"\"status\" is \"{status}\", not one of running, completed, failed, stopped"),
        };
        return Once(id, "status", key, session =>
        {
            if (session.ClaimedBy != workerId)
                throw RefusedException.Forbidden("the session is not claimed by this worker");
            if (session.IsTerminal)
                throw RefusedException.Conflict($"the session is already {session.State.ToString().ToLowerInvariant()}");
            return session with { State = state, Statuses = session.Statuses.Add(new StatusPost(_ledger.Now, workerId, status, body.Element())) };
        });
    }

    internal JsonObject Complete(Credential credential, string id, JsonBody body, string? key)
    {
        WorkerDesk.RequireRuntimeToken(credential);
        var summary = body.Text("summary");
        return Once(id, "completion", key, session => session with
        {
            Completions = session.Completions.Add(new CompletionPost(_ledger.Now, body.OptionalText("workerId"), summary, body.Element())),
        });
    }

    // What comes twice with the same key counts once.
    private JsonObject Once(string id, string call, string? key, Func<Session, Session> change)
    {
        lock (_ledger.Gate)
        {
            var session = _ledger.Session(id);
            var mark = $"{id}\n{call}\n{key}";
            if (key is not null && _posted.Contains(mark))
                return new JsonObject { ["ok"] = true, ["repeated"] = true };
            _ledger.Sessions[id] = change(session);
            if (key is not null)
                _posted.Add(mark);
            return new JsonObject { ["ok"] = true };
        }
    }

    private void Change(string id, Func<Session, Session> change)
    {
        lock (_ledger.Gate)
            _ledger.Sessions[id] = change(_ledger.Session(id));
    }
}
