namespace Donmai.Core.Platform;

/// <summary>How a daemon stands to an orchestrator, whatever came of it (platform-api.md §13).</summary>
public enum PlatformMode
{
    /// <summary>There is no orchestrator.</summary>
    Local,

    /// <summary>One is pretended; nothing is sent.</summary>
    Stub,

    /// <summary>One is asked.</summary>
    Real,
}
