namespace Orleans.Configuration;

public class AdoNetClusteringSiloOptions
{
    public string? ConnectionString { get; set; }

    public string? Invariant { get; set; }
}
