using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Donmai.Core.Daemon;
using Donmai.Sessions;

namespace Donmai.Core.Sessions;

/// <summary>What is measured about sessions. Every label has few values, whatever sessions are called.</summary>
public sealed class SessionMetrics
{
    private static readonly SessionState[] LiveStates = [SessionState.Starting, SessionState.Running];

    private readonly ConcurrentDictionary<string, SessionState> _live = new(StringComparer.Ordinal);
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _ended;
    private readonly Histogram<double> _durations;
    private readonly Histogram<double> _starts;
    private int _followers;

    /// <summary>Adds the instruments.</summary>
    /// <param name="meter">The daemon's meter.</param>
    /// <param name="configuration">Knows how many sessions may live.</param>
    public SessionMetrics(DaemonMeter meter, IDaemonConfiguration configuration)
    {
        var instruments = meter.Meter;
        _accepted = instruments.CreateCounter<long>("donmai.sessions.accepted", unit: null, "Sessions accepted");
        _refused = instruments.CreateCounter<long>("donmai.sessions.refused", unit: null, "Requests for a session that were refused, by reason");
        _ended = instruments.CreateCounter<long>("donmai.sessions.ended", unit: null, "Sessions ended, by final state");
        _durations = meter.Histogram("donmai.session.duration", "Time from accept to end of a session, by final state", DaemonMeter.SlowBounds);
        _starts = meter.Histogram("donmai.worker.start.duration", "Time to start a worker process", DaemonMeter.QuickBounds);
        instruments.CreateObservableGauge("donmai.sessions", CountLive, unit: null, "Live sessions, by state");
        instruments.CreateObservableGauge(
            "donmai.sessions.capacity", () => configuration.Current.MaxConcurrentSessions, unit: null, "Sessions that may live at once");
        instruments.CreateObservableGauge("donmai.events.followers", () => Volatile.Read(ref _followers), unit: null, "Readers that follow a session's events now");
    }

    /// <summary>A session was accepted.</summary>
    public void Accepted() => _accepted.Add(1);

    /// <summary>A request for a session was refused.</summary>
    /// <param name="reason">Why (<see cref="RefusalReason"/>).</param>
    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>The kind of a refusal.</summary>
    public static string ReasonOf(Exception refusal) => refusal switch
    {
        SessionRefusedException refused => refused.Reason,
        InvalidSessionSpecException => RefusalReason.Invalid,
        SessionAlreadyActiveException => RefusalReason.Duplicate,
        _ => RefusalReason.Failed,
    };

    /// <summary>A session is in that state now; can be said again.</summary>
    public void IsLive(string sessionId, SessionState state) => _live[sessionId] = state;

    /// <summary>A session does not live any more, or was never started.</summary>
    public void IsGone(string sessionId) => _live.TryRemove(sessionId, out _);

    /// <summary>A session has ended.</summary>
    /// <param name="state">Its final state.</param>
    /// <param name="duration">Time since it was accepted.</param>
    public void Ended(SessionState state, TimeSpan duration)
    {
        var label = new KeyValuePair<string, object?>("state", Word(state));
        _ended.Add(1, label);
        _durations.Record(Math.Max(0, duration.TotalSeconds), label);
    }

    /// <summary>A worker process was started.</summary>
    public void Started(TimeSpan duration) => _starts.Record(duration.TotalSeconds);

    /// <summary>Somebody follows the events of a session, until the result is disposed of.</summary>
    public IDisposable Following()
    {
        Interlocked.Increment(ref _followers);
        return new Follower(this);
    }

    private Measurement<long>[] CountLive()
    {
        var counts = new long[LiveStates.Length];
        foreach (var (_, state) in _live)
            if (Array.IndexOf(LiveStates, state) is >= 0 and var at)
                counts[at]++;
        return Array.ConvertAll(
            LiveStates, state => new Measurement<long>(counts[Array.IndexOf(LiveStates, state)], new KeyValuePair<string, object?>("state", Word(state))));
    }

    private static string Word(SessionState state) => state switch
    {
        SessionState.Starting => "starting",
        SessionState.Running => "running",
        SessionState.Completed => "completed",
        SessionState.Failed => "failed",
        SessionState.Terminated => "terminated",
        _ => "unknown",
    };

    private sealed class Follower(SessionMetrics metrics) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                Interlocked.Decrement(ref metrics._followers);
        }
    }
}
