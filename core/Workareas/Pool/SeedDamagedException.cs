namespace Donmai.Core.Workareas.Pool;

/// <summary>A member of the pool cannot be used any more.</summary>
internal sealed class SeedDamagedException : Exception
{
    /// <summary>Creates it.</summary>
    /// <param name="message">What is wrong with it.</param>
    public SeedDamagedException(string message)
        : base(message)
    {
    }
}
