namespace Donmai.Workareas;

/// <summary>A work area cannot be removed now: 409 (workareas.md §5).</summary>
[GenerateSerializer, Alias("donmai.WorkareaInUseException")]
public sealed class WorkareaInUseException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">Who uses it.</param>
    public WorkareaInUseException(string message)
        : base(message)
    {
    }
}
