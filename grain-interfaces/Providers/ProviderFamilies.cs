namespace Donmai.Providers;

/// <summary>Families of providers (control-api.md §6.1).</summary>
public static class ProviderFamilies
{
    /// <summary>Programs that run agents.</summary>
    public const string AgentRuntime = "agent-runtime";

    /// <summary>Places where sessions run.</summary>
    public const string Sandbox = "sandbox";

    /// <summary>Sources of work areas.</summary>
    public const string Workarea = "workarea";

    /// <summary>Version control.</summary>
    public const string Vcs = "vcs";

    /// <summary>Kits.</summary>
    public const string Kit = "kit";

    /// <summary>All families in display order.</summary>
    public static IReadOnlyList<string> InDisplayOrder { get; } =
        [Sandbox, Workarea, AgentRuntime, Vcs, "issue-tracker", "deployment", "agent-registry", Kit];
}
