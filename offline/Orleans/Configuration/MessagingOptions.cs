namespace Orleans.Configuration;

/// <summary>How long callers wait.</summary>
public abstract class MessagingOptions
{
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public bool CancelRequestOnTimeout { get; set; } = true;

    public int MaxMessageBodySize { get; set; } = 100 * 1024 * 1024;
}
