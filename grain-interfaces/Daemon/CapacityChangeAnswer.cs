namespace Donmai.Daemon;

/// <summary>Answer to a <see cref="CapacityChange"/> (control-api.md §4.6).</summary>
[GenerateSerializer, Immutable, Alias("donmai.CapacityChangeAnswer")]
public sealed record CapacityChangeAnswer
{
    /// <summary>Whether it was applied.</summary>
    [Id(0)] public bool Ok { get; init; }

    /// <summary>Name of the setting, as asked.</summary>
    [Id(1)] public string Key { get; init; } = "";

    /// <summary>Its value, as asked.</summary>
    [Id(2)] public string Value { get; init; } = "";

    /// <summary><c>applied</c>, or why not.</summary>
    [Id(3)] public string Message { get; init; } = "";
}
