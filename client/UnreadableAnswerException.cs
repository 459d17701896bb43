namespace Donmai.Client;

/// <summary>Something answers at the address, but not as a daemon of this product does.</summary>
public sealed class UnreadableAnswerException : DonmaiClientException
{
    internal UnreadableAnswerException(Uri address, string problem, Exception? cause = null)
        : base($"What answers at {address.OriginalString.TrimEnd('/')} is not understood ({problem}). Is it another program, or a daemon of another version?", cause)
    {
    }
}
