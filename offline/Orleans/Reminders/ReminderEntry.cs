namespace Orleans.Runtime;

/// <summary>One reminder, as it is stored.</summary>
[GenerateSerializer]
[Alias("Orleans.ReminderEntry")]
public sealed record ReminderEntry
{
    /// <summary>The grain's id as text.</summary>
    [Id(0)]
    public string Grain { get; set; } = "";

    [Id(1)]
    public string Name { get; set; } = "";

    /// <summary>The first tick. UTC.</summary>
    [Id(2)]
    public DateTime StartAt { get; set; }

    [Id(3)]
    public TimeSpan Period { get; set; }
}
