using Donmai.Sessions;

namespace Donmai.Core.Workareas.Pool;

/// <summary>How much history a project's clones have (worker.md §5.3).</summary>
public static class CloneDepth
{
    /// <summary>Whether it is the newest commit alone; <c>full</c> and <c>reference-clone</c> have all.</summary>
    public static bool IsShallow(ProjectCheckout checkout) =>
        checkout.CloneStrategy?.Trim().ToLowerInvariant() is not ("full" or "reference-clone");
}
