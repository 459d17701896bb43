namespace Donmai.Core.Routing;

/// <summary>The two things a decision chooses, in the order they are chosen; stable wire strings (routing.md §1.2).</summary>
public static class RoutingDimension
{
    /// <summary>Execution environment.</summary>
    public const string Sandbox = "sandbox";

    /// <summary>Agent runtime.</summary>
    public const string Llm = "llm";
}
