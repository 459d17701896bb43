namespace Orleans.Runtime;

/// <summary>Decides what an activation runs next: its calls one at a time unless they may interleave, and what they left to run.</summary>
internal sealed class ActivationTurns(bool reentrant)
{
    private readonly Lock _gate = new();
    private readonly Queue<Task> _tasks = new();
    private readonly List<GrainCall> _running = [];
    private Dictionary<Guid, int>? _sections;
    private GrainCall? _firstWaiting;
    private GrainCall? _lastWaiting;
    private int _special;
    private bool _open;
    private bool _closed;
    private bool _scheduled;
    private TaskCompletionSource? _idle;

    public int Waiting { get; private set; }

    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _running.Count == 0 && _firstWaiting is null;
            }
        }
    }

    /// <summary>Takes a call.</summary>
    /// <returns>False if the activation has ended: the call has to go elsewhere.</returns>
    public bool TryAdd(GrainCall call, out bool schedule)
    {
        lock (_gate)
        {
            schedule = false;
            if (_closed)
            {
                return false;
            }

            Append(call);
            schedule = _open && !_scheduled && MayRun(call);
            _scheduled |= schedule;
            return true;
        }
    }

    public bool Add(Task task)
    {
        lock (_gate)
        {
            _tasks.Enqueue(task);
            var schedule = !_scheduled;
            _scheduled = true;
            return schedule;
        }
    }

    /// <summary>What to run next; if there is nothing, the activation has to be scheduled anew by whoever adds something.</summary>
    public bool TryNext(out Task? task, out GrainCall? call)
    {
        lock (_gate)
        {
            call = null;
            if (_tasks.TryDequeue(out task))
            {
                return true;
            }

            call = _open ? TakeRunnable() : null;
            _scheduled = call is not null;
            return _scheduled;
        }
    }

    /// <returns>True if the activation has to be scheduled for what may run now.</returns>
    public bool Completed(GrainCall call)
    {
        lock (_gate)
        {
            _running.Remove(call);
            if (_running.Count == 0)
            {
                _idle?.TrySetResult();
            }

            var schedule = !_scheduled && _open && _firstWaiting is not null;
            _scheduled |= schedule;
            return schedule;
        }
    }

    /// <summary>From now on calls run.</summary>
    public void Open()
    {
        lock (_gate)
        {
            _open = !_closed;
        }
    }

    /// <summary>No further call starts. The task ends when those that run have ended.</summary>
    public Task Quiesce()
    {
        lock (_gate)
        {
            _open = false;
            if (_running.Count == 0)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <summary>Takes no further call, and gives back those that have not run.</summary>
    public List<GrainCall> Close()
    {
        lock (_gate)
        {
            _closed = true;
            _open = false;
            var left = new List<GrainCall>(Waiting);
            for (var call = _firstWaiting; call is not null; call = call.NextWaiting)
            {
                left.Add(call);
            }

            left.ForEach(call => call.NextWaiting = null);
            (_firstWaiting, _lastWaiting, Waiting) = (null, null, 0);
            return left;
        }
    }

    public void EnterReentrantSection(Guid id)
    {
        lock (_gate)
        {
            _sections ??= [];
            _sections[id] = _sections.GetValueOrDefault(id) + 1;
        }
    }

    public void LeaveReentrantSection(Guid id)
    {
        lock (_gate)
        {
            if (_sections is not null && _sections.TryGetValue(id, out var depth))
            {
                _ = depth == 1 ? _sections.Remove(id) : (_sections[id] = depth - 1) > 0;
            }
        }
    }

    private void Append(GrainCall call)
    {
        if (_lastWaiting is null)
        {
            _firstWaiting = call;
        }
        else
        {
            _lastWaiting.NextWaiting = call;
        }

        _lastWaiting = call;
        Waiting++;
        _special += IsSpecial(call) ? 1 : 0;
    }

    private GrainCall? TakeRunnable()
    {
        GrainCall? previous = null;
        for (var call = _firstWaiting; call is not null;)
        {
            var next = call.NextWaiting;
            if (call.IsCompleted)
            {
                // Its caller has given up: nobody waits for what it would do.
                Unlink(call, previous);
            }
            else if (MayRun(call))
            {
                Unlink(call, previous);
                _running.Add(call);
                return call;
            }
            else if (_special == 0 && _sections is not { Count: > 0 })
            {
                return null;
            }
            else
            {
                previous = call;
            }

            call = next;
        }

        return null;
    }

    private void Unlink(GrainCall call, GrainCall? previous)
    {
        if (previous is null)
        {
            _firstWaiting = call.NextWaiting;
        }
        else
        {
            previous.NextWaiting = call.NextWaiting;
        }

        if (_lastWaiting == call)
        {
            _lastWaiting = previous;
        }

        call.NextWaiting = null;
        Waiting--;
        _special -= IsSpecial(call) ? 1 : 0;
    }

    /// <summary>The call might run although another one that waits longer may not.</summary>
    private static bool IsSpecial(GrainCall call) => call.AlwaysInterleaves || call.IsReadOnly;

    private bool MayRun(GrainCall call)
    {
        if (reentrant || _running.Count == 0 || call.AlwaysInterleaves)
        {
            return true;
        }

        var chain = RequestContext.ReentrancyIdOf(call.Context);
        if (chain != Guid.Empty && _sections?.ContainsKey(chain) == true)
        {
            return true;
        }

        foreach (var running in _running)
        {
            if (!running.AlwaysInterleaves && !(running.IsReadOnly && call.IsReadOnly))
            {
                return false;
            }
        }

        return true;
    }
}
