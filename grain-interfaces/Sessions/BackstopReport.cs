using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>What was delivered in the agent's place (worker.md §8.3).</summary>
[GenerateSerializer, Immutable, Alias("donmai.BackstopReport")]
public sealed record BackstopReport
{
    /// <summary>Whether something was missing that could be supplied.</summary>
    [Id(0)] public bool Triggered { get; init; }

    /// <summary>Whether the remote has the work.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool Pushed { get; init; }

    /// <summary>Whether a pull request was opened.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool PrCreated { get; init; }

    /// <summary>The pull request that was opened, or was open already.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? PrUrl { get; init; }

    /// <summary>Fields of the contract that are still missing (worker.md §8.1).</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<string>? UnfilledFields { get; init; }

    /// <summary>What did not go as it should, with what git or the host said.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<string>? Diagnostics { get; init; }

    /// <summary><c>delivered</c>, <c>nothing-to-deliver</c>, <c>pr-unsupported</c>, <c>failed</c> or <c>rescued</c> (additive).</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Outcome { get; init; }

    /// <summary>Branch that was pushed, when it is not the work branch (additive).</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Branch { get; init; }

    /// <summary>Files that were not committed (additive).</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<LeftOutFile>? LeftOut { get; init; }

    /// <summary>Whether what could not be delivered lies in the record directory as <c>rescue.bundle</c> and <c>rescue.patch</c> (additive).</summary>
    [Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool Rescued { get; init; }
}
