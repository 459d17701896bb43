namespace Donmai.Workareas;

/// <summary>One work area in the envelope the control API sends it in (workareas.md §4.2).</summary>
[GenerateSerializer, Immutable, Alias("donmai.WorkareaAnswer")]
public sealed record WorkareaAnswer
{
    /// <summary>The work area.</summary>
    [Id(0)] public Workarea Workarea { get; init; } = new();
}
