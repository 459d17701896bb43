using System.Text.Json.Serialization;

namespace Donmai.Workareas;

/// <summary>One path that differs between two archives (workareas.md §6.4). A is the old side, B the new one.</summary>
[GenerateSerializer, Immutable, Alias("donmai.WorkareaDifference")]
public sealed record WorkareaDifference
{
    /// <summary><see cref="Status"/> of what only B has.</summary>
    public const string Added = "added";

    /// <summary><see cref="Status"/> of what only A has.</summary>
    public const string Removed = "removed";

    /// <summary><see cref="Status"/> of what both have, but not alike.</summary>
    public const string Modified = "modified";

    /// <summary>Path below <c>tree/</c>, separated by <c>/</c>.</summary>
    [Id(0)] public string Path { get; init; } = "";

    /// <summary><see cref="Added"/>, <see cref="Removed"/> or <see cref="Modified"/>.</summary>
    [Id(1)] public string Status { get; init; } = "";

    /// <summary>Bytes in A: of a file its content, of a link its target; 0 for a directory and when A does not have it.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long SizeA { get; init; }

    /// <summary>Bytes in B, as <see cref="SizeA"/>.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long SizeB { get; init; }

    /// <summary>Kind and permissions in A (workareas.md §6.2), e.g. <c>-rw-r--r--</c>; absent when A does not have it.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ModeA { get; init; }

    /// <summary>Kind and permissions in B, as <see cref="ModeA"/>.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ModeB { get; init; }

    /// <summary>SHA-256 of the file in A, lower-case hex; absent when A has no file there.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? HashA { get; init; }

    /// <summary>SHA-256 of the file in B, as <see cref="HashA"/>.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? HashB { get; init; }

    /// <summary>Target of the symbolic link in A; absent when A has none there.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? LinkA { get; init; }

    /// <summary>Target of the symbolic link in B, as <see cref="LinkA"/>.</summary>
    [Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? LinkB { get; init; }
}
