namespace Orleans.Hosting;

/// <summary>Is there if the host has said how its silo finds others.</summary>
internal sealed class ClusteringChoice;
