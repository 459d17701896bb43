namespace Donmai.FakePlatform.Faults;

/// <summary>Something that goes wrong with requests.</summary>
public sealed record Fault
{
    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>With which paths: <c>*</c> stands for any characters; <c>activity</c> means <c>*/activity</c>. Default: with all.</summary>
    public string? Path { get; init; }

    /// <summary>With which method. Default: with all.</summary>
    public string? Method { get; init; }

    /// <summary>How often. Default: until it is cleared.</summary>
    public int? Count { get; init; }

    /// <summary>With how many of a hundred requests, at random. The percentages of several faults add up. Default: with all.</summary>
    public double? Percent { get; init; }

    /// <summary>Status code of <see cref="FaultKind.Status"/>. Default: 500.</summary>
    public int Status { get; init; } = 500;

    /// <summary>Body of <see cref="FaultKind.Status"/> and <see cref="FaultKind.Garbage"/>.</summary>
    public string? Body { get; init; }

    /// <summary>Seconds of a <c>Retry-After</c> header of <see cref="FaultKind.Status"/>.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Milliseconds of <see cref="FaultKind.Delay"/> and <see cref="FaultKind.Slow"/>. Default: 1000.</summary>
    public int DelayMs { get; init; } = 1000;

    /// <summary>Where <see cref="FaultKind.Redirect"/> leads. Default: another host.</summary>
    public string Location { get; init; } = "http://elsewhere.invalid/";

    /// <summary>Length of <see cref="FaultKind.Huge"/>. Default: 100 MiB.</summary>
    public long Bytes { get; init; } = 100 << 20;

    /// <summary>
    /// The request is carried out, and only its answer is lost. For <see cref="FaultKind.Status"/>, <see cref="FaultKind.Drop"/> and
    /// <see cref="FaultKind.Garbage"/>. Default: it is not carried out.
    /// </summary>
    public bool After { get; init; }
}
