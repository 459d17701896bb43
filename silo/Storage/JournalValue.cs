namespace Donmai.Silo.Storage;

/// <summary>A value read from a journal.</summary>
/// <param name="Value">The value.</param>
/// <param name="Version">Its version.</param>
internal sealed record JournalValue<T>(T Value, long Version);
