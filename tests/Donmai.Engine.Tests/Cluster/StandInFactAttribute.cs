namespace Donmai.Engine.Tests.Cluster;

/// <summary>A behaviour that only the stand-in has; skipped with the reason on Microsoft Orleans.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StandInFactAttribute : FactAttribute
{
    public StandInFactAttribute(string reason)
    {
        if (!IsStandIn)
        {
            Skip = reason;
        }
    }

    internal static bool IsStandIn { get; } = typeof(Grain).Assembly.GetName().Name!.StartsWith("Donmai.", StringComparison.Ordinal);
}
