namespace Donmai;

/// <summary>
/// Base of every refusal that crosses a boundary. One sealed type per kind of refusal; the gateway turns each into its status and
/// <c>{"error": …}</c> in exactly one place (architecture.md §7).
/// </summary>
[GenerateSerializer, Alias("donmai.DonmaiException")]
public abstract class DonmaiException : Exception
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    protected DonmaiException(string message)
        : base(message)
    {
    }
}
