namespace Donmai.Core.Platform.Wire;

/// <summary>Why the issue tracker did not do it (platform-api.md §12).</summary>
public sealed record ProxyError
{
    /// <summary>For programs.</summary>
    public string? Code { get; init; }

    /// <summary>For people.</summary>
    public string? Message { get; init; }

    /// <summary>Whether it may be done later.</summary>
    public bool? Retryable { get; init; }
}
