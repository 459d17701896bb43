namespace Donmai.Workareas;

/// <summary>The request for a restore is not usable: 400 (workareas.md §5).</summary>
[GenerateSerializer, Alias("donmai.InvalidRestoreException")]
public sealed class InvalidRestoreException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">What is wrong.</param>
    public InvalidRestoreException(string message)
        : base(message)
    {
    }
}
