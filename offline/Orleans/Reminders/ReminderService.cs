using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Storage;
using Orleans.Timers;

namespace Orleans.Runtime;

/// <summary>Keeps reminders in the silo's default storage, or in memory if it has none, and ticks them.</summary>
internal sealed class ReminderService(SiloRuntime silo, IGrainFactory grains, IOptions<ReminderOptions> options) : IReminderRegistry, IDisposable
{
    private const string StateName = "reminders";

    private static readonly GrainId TableId = GrainId.Create("sys.reminders", "all");

    private readonly Dictionary<(GrainId Grain, string Name), Reminder> _reminders = [];
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly GrainState<ReminderTable> _table = new(new ReminderTable());
    private IGrainStorage? _storage;

    public TimeProvider Clock => silo.Clock;

    public SiloLog Log => silo.Log;

    public IGrainFactory Grains => grains;

    public async Task Start(CancellationToken token)
    {
        _storage = silo.Services.GetKeyedService<IGrainStorage>(GrainStorageNames.Default) ?? silo.Services.GetService<IGrainStorage>();
        if (_storage is null)
        {
            return;
        }

        await _storage.ReadStateAsync(StateName, TableId, _table, token);
        _table.State ??= new ReminderTable();
        lock (_reminders)
        {
            foreach (var entry in _table.State.Entries)
            {
                var reminder = new Reminder(this, entry);
                _reminders.Add((reminder.GrainId, entry.Name), reminder);
            }
        }
    }

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(reminderName);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        if (period < options.Value.MinimumReminderPeriod)
        {
            throw new ArgumentException(
                $"Reminder {reminderName}: a period of {period} is shorter than the minimum of {options.Value.MinimumReminderPeriod}.", nameof(period));
        }

        var entry = new ReminderEntry
        {
            Grain = callingGrainId.ToString(),
            Name = reminderName,
            StartAt = Clock.GetUtcNow().UtcDateTime + dueTime,
            Period = period,
        };
        return await Change(callingGrainId, reminderName, entry) ?? throw new InvalidOperationException("A reminder that was stored is there.");
    }

    public Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder) => Change(callingGrainId, reminder.ReminderName, null);

    public Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName)
    {
        lock (_reminders)
        {
            return Task.FromResult<IGrainReminder?>(_reminders.GetValueOrDefault((callingGrainId, reminderName)));
        }
    }

    public Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId)
    {
        lock (_reminders)
        {
            return Task.FromResult(_reminders.Values.Where(reminder => reminder.GrainId == callingGrainId).ToList<IGrainReminder>());
        }
    }

    public void Dispose()
    {
        lock (_reminders)
        {
            foreach (var reminder in _reminders.Values)
            {
                reminder.Dispose();
            }

            _reminders.Clear();
        }

        _writing.Dispose();
    }

    /// <summary>Stores first, then ticks: what is acknowledged survives.</summary>
    private async Task<Reminder?> Change(GrainId grain, string name, ReminderEntry? entry)
    {
        await _writing.WaitAsync();
        try
        {
            var before = _table.State!;
            var entries = before.Entries.FindAll(other => other.Name != name || other.Grain != grain.ToString());
            if (entry is not null)
            {
                entries.Add(entry);
            }

            _table.State = new ReminderTable { Entries = entries };
            try
            {
                await (_storage?.WriteStateAsync(StateName, TableId, _table) ?? Task.CompletedTask);
            }
            catch
            {
                _table.State = before;
                throw;
            }

            return Replace(grain, name, entry);
        }
        finally
        {
            _writing.Release();
        }
    }

    private Reminder? Replace(GrainId grain, string name, ReminderEntry? entry)
    {
        lock (_reminders)
        {
            if (_reminders.Remove((grain, name), out var before))
            {
                before.Dispose();
            }

            return entry is null ? null : _reminders[(grain, name)] = new Reminder(this, entry);
        }
    }
}
