using System.Diagnostics;

namespace Orleans.Runtime;

/// <summary>Fails calls that nobody has answered in time. Looked at once a second, so a deadline is late by up to that.</summary>
internal sealed class CallDeadlines : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, Environment.ProcessorCount * 4).Select(_ => new Stripe())];
    private readonly TimeSpan _timeout;
    private readonly bool _cancelGrain;
    private readonly ITimer _timer;

    public CallDeadlines(TimeSpan timeout, bool cancelGrain, TimeProvider clock)
    {
        _timeout = timeout;
        _cancelGrain = cancelGrain;
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            var period = timeout < Glance * 4 ? timeout / 4 : Glance;
            _timer = clock.CreateTimer(static state => ((CallDeadlines)state!).Expire(), this, period, period);
        }
    }

    public void Add(GrainCall call)
    {
        var stripe = _stripes[(uint)Environment.CurrentManagedThreadId % (uint)_stripes.Length];
        var timeout = call.Request.Method.ResponseTimeout ?? _timeout;
        call.Deadline.ExpiresAt = timeout == Timeout.InfiniteTimeSpan
            ? long.MaxValue
            : Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);
        stripe.Add(call);
    }

    /// <summary>Nobody will answer any more.</summary>
    public void FailAll(Func<GrainCall, Exception> why)
    {
        foreach (var call in _stripes.SelectMany(stripe => stripe.ExpiredAt(long.MaxValue)))
        {
            call.TryFail(why(call));
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Expire()
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var call in _stripes.SelectMany(stripe => stripe.ExpiredAt(now)))
        {
            call.Expire(call.Request.Method.ResponseTimeout ?? _timeout, _cancelGrain);
        }
    }

    /// <summary>A call's place in a stripe's chain.</summary>
    public struct Entry
    {
        internal long ExpiresAt;
        internal Stripe? Stripe;
        internal GrainCall? Previous;
        internal GrainCall? Next;

        public readonly void Leave(GrainCall call) => Stripe?.Remove(call);
    }

    /// <summary>A chain of calls; there are several so that threads seldom meet at one.</summary>
    internal sealed class Stripe
    {
        private readonly Lock _gate = new();
        private GrainCall? _first;

        public void Add(GrainCall call)
        {
            lock (_gate)
            {
                call.Deadline.Stripe = this;
                call.Deadline.Next = _first;
                if (_first is not null)
                {
                    _first.Deadline.Previous = call;
                }

                _first = call;
            }
        }

        public void Remove(GrainCall call)
        {
            lock (_gate)
            {
                ref var entry = ref call.Deadline;
                if (entry.Stripe is null)
                {
                    return;
                }

                if (entry.Previous is not null)
                {
                    entry.Previous.Deadline.Next = entry.Next;
                }
                else
                {
                    _first = entry.Next;
                }

                if (entry.Next is not null)
                {
                    entry.Next.Deadline.Previous = entry.Previous;
                }

                (entry.Stripe, entry.Previous, entry.Next) = (null, null, null);
            }
        }

        public List<GrainCall> ExpiredAt(long time)
        {
            var expired = new List<GrainCall>();
            lock (_gate)
            {
                for (var call = _first; call is not null; call = call.Deadline.Next)
                {
                    if (call.Deadline.ExpiresAt <= time)
                    {
                        expired.Add(call);
                    }
                }
            }

            return expired;
        }
    }
}
