namespace Donmai.Daemon;

/// <summary>One thing that was looked at.</summary>
[GenerateSerializer, Immutable, Alias("donmai.DoctorCheck")]
public sealed record DoctorCheck
{
    /// <summary>What was looked at.</summary>
    [Id(0)] public string Name { get; init; } = "";

    /// <summary>Whether it is well.</summary>
    [Id(1)] public bool Ok { get; init; }

    /// <summary>What was found, in words; for a failure also what to do.</summary>
    [Id(2)] public string Detail { get; init; } = "";
}
