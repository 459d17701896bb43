namespace Donmai.Workareas;

/// <summary>A session gives its place back.</summary>
[GenerateSerializer, Immutable, Alias("donmai.WorkareaReturn")]
public sealed record WorkareaReturn
{
    /// <summary>The session.</summary>
    [Id(0)] public string SessionId { get; init; } = "";

    /// <summary>Why the archive is made: <c>completed</c>, <c>failed</c>, <c>terminated</c> or <c>operator-cancelled</c>.</summary>
    [Id(1)] public string Disposition { get; init; } = "";

    /// <summary>Id of the allowlist entry.</summary>
    [Id(2)] public string ProjectId { get; init; } = "";

    /// <summary>Repository as asked for.</summary>
    [Id(3)] public string Repository { get; init; } = "";

    /// <summary>Branch, tag or commit asked for.</summary>
    [Id(4)] public string Ref { get; init; } = "";

    /// <summary>When the session ended; names the archive, so that repeating the return gives the same one.</summary>
    [Id(5)] public DateTimeOffset EndedAt { get; init; }

    /// <summary>What becomes of its tree (<see cref="ReleaseMode"/>).</summary>
    [Id(6)] public string Mode { get; init => field = value ?? ReleaseMode.Archive; } = ReleaseMode.Archive;

    /// <summary>Whether the session changed anything, committed or not; <see langword="null"/> when nobody knows.</summary>
    [Id(7)] public bool? Changed { get; init; }
}
