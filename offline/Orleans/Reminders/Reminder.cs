namespace Orleans.Runtime;

/// <summary>A reminder in a silo: waits for its next tick and wakes its grain.</summary>
internal sealed class Reminder : IGrainReminder, IDisposable
{
    /// <summary>A platform timer cannot wait longer at once.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly ReminderService _service;
    private readonly ITimer _timer;
    private DateTime _next;
    private volatile bool _stopped;

    public Reminder(ReminderService service, ReminderEntry entry)
    {
        _service = service;
        Entry = entry;
        GrainId = GrainId.Parse(entry.Grain);
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _timer = service.Clock.CreateTimer(
                static state => ((Reminder)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        Plan();
    }

    public ReminderEntry Entry { get; }

    public GrainId GrainId { get; }

    public string ReminderName => Entry.Name;

    public void Dispose()
    {
        _stopped = true;
        _timer.Dispose();
    }

    /// <summary>The next tick is the first one, or a whole number of periods after it: ticks that were missed are not made up for.</summary>
    private void Plan()
    {
        var now = _service.Clock.GetUtcNow().UtcDateTime;
        _next = now < Entry.StartAt ? Entry.StartAt : now + Entry.Period - new TimeSpan((now - Entry.StartAt).Ticks % Entry.Period.Ticks);
        Arm(_next - now);
    }

    private void Arm(TimeSpan wait)
    {
        if (!_stopped)
        {
            _timer.Change(wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
        }
    }

    private void Wake()
    {
        var now = _service.Clock.GetUtcNow().UtcDateTime;
        if (now < _next)
        {
            Arm(_next - now);
        }
        else
        {
            _ = Tick(now);
        }
    }

    /// <summary>Reports its own failures.</summary>
    private async Task Tick(DateTime now)
    {
        try
        {
            await _service.Grains.GetGrain<IRemindable>(GrainId).ReceiveReminder(Entry.Name, new TickStatus(Entry.StartAt, Entry.Period, now));
        }
        catch (Exception exception)
        {
            _service.Log.ReminderFailed(exception, Entry.Name, GrainId);
        }

        if (!_stopped)
        {
            Plan();
        }
    }
}
