namespace Donmai.Silo.Storage;

/// <summary>What a journal record belongs to: one named state of one owner.</summary>
/// <param name="Name">Name of the state, at most 65,535 bytes of UTF-8. Few distinct values.</param>
/// <param name="Owner">Identity of the state's owner. Many distinct values.</param>
internal readonly record struct JournalKey(string Name, string Owner)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} of {Owner}";
}
