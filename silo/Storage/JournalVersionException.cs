namespace Donmai.Silo.Storage;

/// <summary>A write was based on a version that is not the current one.</summary>
/// <param name="key">The state in question.</param>
/// <param name="current">Its current version, 0 when it has no value.</param>
/// <param name="expected">The version the writer knew, 0 when it knew none.</param>
internal sealed class JournalVersionException(JournalKey key, long current, long expected)
    : Exception($"The state {key} is at version {current}, not at version {expected} on which the write was based.")
{
    /// <summary>The current version, 0 when there is no value.</summary>
    public long Current { get; } = current;

    /// <summary>The version the writer knew, 0 when it knew none.</summary>
    public long Expected { get; } = expected;
}
