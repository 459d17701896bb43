namespace Donmai.Core.Platform.Wire;

/// <summary>What the issue tracker answers (platform-api.md §12).</summary>
public sealed record ProxyAnswer
{
    /// <summary>Whether it was done.</summary>
    public bool? Success { get; init; }

    /// <summary>What came of it.</summary>
    public JsonText? Data { get; init; }

    /// <summary>Why it was not done.</summary>
    public ProxyError? Error { get; init; }
}
