namespace Donmai.Workareas;

/// <summary>A session gives its place back.</summary>
[GenerateSerializer, Immutable, Alias("donmai.WorkareaReturn")]
public sealed record WorkareaReturn
{
    /// <summary>The session.</summary>
    [Id(0)] public string SessionId { get; init; } = "";

    /// <summary>Why the archive is made: <c>completed</c>, <c>failed</c>, <c>terminated</c> or <c>operator-cancelled</c>.</summary>
    [Id(1)] public string Disposition { get; init; } = "";
}
