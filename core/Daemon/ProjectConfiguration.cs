using Donmai.Sessions;

namespace Donmai.Core.Daemon;

/// <summary>One entry of the allowlist (daemon-runtime.md §2.3 <c>projects[]</c>).</summary>
public sealed record ProjectConfiguration
{
    /// <summary>Slug; also a match key.</summary>
    public required string Id { get; init; }

    /// <summary>Clone source and match key.</summary>
    public required string Repository { get; init; }

    /// <summary>How it is cloned.</summary>
    public ProjectCheckout Checkout { get; init; } = new();

    /// <summary>Members of the pool to keep for it; <see langword="null"/> means as many as for any repository.</summary>
    public int? Pool { get; init; }
}
