namespace Donmai.Sessions;

/// <summary>Slots of a machine and whether it accepts work.</summary>
[GenerateSerializer, Immutable, Alias("donmai.SpawnerAdmission")]
public sealed record SpawnerAdmission
{
    /// <summary>Whether new work is accepted.</summary>
    [Id(0)] public bool Accepting { get; init; }

    /// <summary>Slots in use, reserved ones included.</summary>
    [Id(1)] public int Active { get; init; }

    /// <summary>All slots.</summary>
    [Id(2)] public int Maximum { get; init; }
}
