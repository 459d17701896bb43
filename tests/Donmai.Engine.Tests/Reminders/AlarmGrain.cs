using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Reminders;

internal sealed class AlarmGrain(Witness witness) : Grain, IAlarmGrain, IRemindable
{
    public Task Set(string name, TimeSpan dueTime, TimeSpan period) => this.RegisterOrUpdateReminder(name, dueTime, period);

    public async Task<bool> Clear(string name)
    {
        var reminder = await this.GetReminder(name);
        if (reminder is not null)
        {
            await this.UnregisterReminder(reminder);
        }

        return reminder is not null;
    }

    public async Task<List<string>> Names() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order(StringComparer.Ordinal)];

    public async Task<string?> Name(string name) => (await this.GetReminder(name))?.ReminderName;

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        witness.Report(this.GetPrimaryKeyString(), $"{reminderName} every {status.Period}");
        return Task.CompletedTask;
    }
}
