namespace Orleans.TestingHost;

/// <summary>What is one silo's own.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    public int SiloPort { get; init; }

    public int GatewayPort { get; init; }

    public string SiloName { get; init; } = "";
}
