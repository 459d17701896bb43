namespace Donmai.Workareas;

/// <summary>The request for an eviction is not usable: 400 (workareas.md §8.2).</summary>
[GenerateSerializer, Alias("donmai.InvalidPoolEvictionException")]
public sealed class InvalidPoolEvictionException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">What is wrong.</param>
    public InvalidPoolEvictionException(string message)
        : base(message)
    {
    }
}
