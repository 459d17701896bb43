namespace Donmai.Workareas;

/// <summary>The pool could not remove what it was asked to: 500 (workareas.md §8.2).</summary>
[GenerateSerializer, Alias("donmai.PoolEvictionFailedException")]
public sealed class PoolEvictionFailedException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">What went wrong.</param>
    public PoolEvictionFailedException(string message)
        : base(message)
    {
    }
}
