namespace Donmai.Daemon;

/// <summary>What silos and grain clients call the cluster; both must say the same.</summary>
public static class DonmaiCluster
{
    /// <summary>Cluster id and service id.</summary>
    public const string Id = "donmai";
}
