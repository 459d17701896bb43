using Donmai.Sessions;

namespace Donmai.Workareas;

/// <summary>A session wants a place to work.</summary>
[GenerateSerializer, Immutable, Alias("donmai.WorkareaRequest")]
public sealed record WorkareaRequest
{
    /// <summary>The session.</summary>
    [Id(0)] public string SessionId { get; init; } = "";

    /// <summary>Id of the allowlist entry.</summary>
    [Id(1)] public string ProjectId { get; init; } = "";

    /// <summary>Repository as asked for.</summary>
    [Id(2)] public string Repository { get; init; } = "";

    /// <summary>Branch, tag or commit asked for.</summary>
    [Id(3)] public string Ref { get; init; } = "";

    /// <summary>What git clones.</summary>
    [Id(4)] public string CloneSource { get; init; } = "";

    /// <summary>How it is cloned.</summary>
    [Id(5)] public ProjectCheckout? Checkout { get; init; }
}
