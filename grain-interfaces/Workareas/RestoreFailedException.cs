namespace Donmai.Workareas;

/// <summary>The disk refused a restore or a removal, and nothing of it was kept: 500 (workareas.md §5).</summary>
[GenerateSerializer, Alias("donmai.RestoreFailedException")]
public sealed class RestoreFailedException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">What the disk said.</param>
    public RestoreFailedException(string message)
        : base(message)
    {
    }
}
