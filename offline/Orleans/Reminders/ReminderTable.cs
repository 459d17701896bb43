namespace Orleans.Runtime;

/// <summary>All reminders of the silo, as they are stored.</summary>
[GenerateSerializer]
[Alias("Orleans.ReminderTable")]
public sealed class ReminderTable
{
    [Id(0)]
    public List<ReminderEntry> Entries { get; set; } = [];
}
