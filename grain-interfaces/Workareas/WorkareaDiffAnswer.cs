namespace Donmai.Workareas;

/// <summary>Envelope of a difference on the wire (workareas.md §6.5).</summary>
public sealed record WorkareaDiffAnswer
{
    /// <summary>The difference.</summary>
    public required WorkareaDiff Diff { get; init; }
}
