namespace Orleans.Configuration;

public class AdoNetClusteringClientOptions
{
    public string? ConnectionString { get; set; }

    public string? Invariant { get; set; }
}
