using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>Size of the difference between a session's base commit and its work tree, committed or not.</summary>
[GenerateSerializer, Immutable, Alias("donmai.WorkChanges")]
public sealed record WorkChanges
{
    /// <summary>Changed files, new ones included.</summary>
    [Id(0)] public List<FileChange> Files { get; init; } = [];

    /// <summary>Commits on the work branch beyond the base.</summary>
    [Id(1)] public int Commits { get; init; }

    /// <summary>Files whose last change is in the work tree, but in no commit.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Uncommitted { get; init; }
}
