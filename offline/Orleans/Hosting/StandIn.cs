using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>What this engine is, and what it leaves to Microsoft Orleans.</summary>
internal static class StandIn
{
    public static string Name { get; } = typeof(Grain).Assembly.GetName().Name!;

    public static OrleansConfigurationException Refuses(string what) =>
        new($"{what} needs Microsoft Orleans. This build runs on the stand-in engine {Name}, which is one silo in one process: "
            + "build with -p:Packages=full where the Microsoft.Orleans packages can be restored (docs/engine.md).");
}
