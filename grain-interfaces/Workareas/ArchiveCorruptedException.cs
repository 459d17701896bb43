namespace Donmai.Workareas;

/// <summary>An archive cannot be used: 400.</summary>
[GenerateSerializer, Alias("donmai.ArchiveCorruptedException")]
public sealed class ArchiveCorruptedException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public ArchiveCorruptedException(string message)
        : base(message)
    {
    }
}
