namespace Donmai.Workareas;

/// <summary>The session id that a restored work area is to have is taken: 409 (workareas.md §5).</summary>
[GenerateSerializer, Alias("donmai.RestoreConflictException")]
public sealed class RestoreConflictException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">Which one is taken.</param>
    public RestoreConflictException(string message)
        : base(message)
    {
    }
}
