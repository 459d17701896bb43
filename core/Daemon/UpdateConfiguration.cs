namespace Donmai.Core.Daemon;

/// <summary>Updates of the program itself (daemon-runtime.md §2.3 <c>autoUpdate</c>, §12).</summary>
public sealed record UpdateConfiguration
{
    /// <summary>Release channel: <c>stable</c>, <c>beta</c> or <c>main</c> (<c>channel</c>).</summary>
    public string Channel { get; init; } = "stable";

    /// <summary>When updates are looked for: <c>nightly</c>, <c>on-release</c> or <c>manual</c> (<c>schedule</c>).</summary>
    public string Schedule { get; init; } = "nightly";

    /// <summary>Longest wait for running sessions before a stop or a swap, 1 s to 1 day (<c>drainTimeoutSeconds</c>).</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>Base URL of the releases (<c>url</c>); there is none by default, and no update is possible without one (§12.1).</summary>
    public Uri? Url { get; init; }

    /// <summary>The only version that may be installed, also an older one (<c>pin</c>, §12.7).</summary>
    public string? Pin { get; init; }

    /// <summary>Who may sign releases (<c>signers</c>); nobody means that every swap is refused (§12.3).</summary>
    public IReadOnlyList<UpdateSigner> Signers { get; init; } = [];

    /// <summary>Trust root in place of the built-in one, absolute (<c>trustRootPath</c>).</summary>
    public string? TrustRootPath { get; init; }
}
