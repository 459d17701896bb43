namespace Donmai.Engine.Tests.Reminders;

public interface IAlarmGrain : IGrainWithStringKey
{
    Task Set(string name, TimeSpan dueTime, TimeSpan period);

    Task<bool> Clear(string name);

    Task<List<string>> Names();

    Task<string?> Name(string name);
}
