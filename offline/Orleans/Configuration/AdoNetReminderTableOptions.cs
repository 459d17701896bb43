namespace Orleans.Configuration;

public class AdoNetReminderTableOptions
{
    public string? ConnectionString { get; set; }

    public string? Invariant { get; set; }
}
