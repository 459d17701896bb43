namespace Donmai.Workareas;

/// <summary>How an archive is to be restored (workareas.md §5).</summary>
[GenerateSerializer, Immutable, Alias("donmai.WorkareaRestore")]
public sealed record WorkareaRestore
{
    /// <summary>What for, in words; kept in the restore record and in the log. Empty for none.</summary>
    [Id(0)] public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>Session id that the work area gets; empty for that of the archive.</summary>
    [Id(1)] public string IntoSessionId { get; init => field = value ?? ""; } = "";
}
