using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>How a project's repository is cloned (worker.md §5.2, daemon-runtime.md §2.3).</summary>
[GenerateSerializer, Immutable, Alias("donmai.ProjectCheckout")]
public sealed record ProjectCheckout
{
    /// <summary><c>shallow</c> (default), <c>full</c> or <c>reference-clone</c>.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CloneStrategy { get; init; }

    /// <summary>Credentials git uses for this project.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ProjectGit? Git { get; init; }

    /// <summary>Whether the repository's submodules are checked out as well.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool Submodules { get; init; }

    /// <summary>Whether large files (git LFS) are fetched.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool Lfs { get; init; }

    /// <summary>Whether merges of the repository wait in a queue, whose end decides about an issue's acceptance.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool MergeQueue { get; init; }
}
