namespace Donmai.Core.Workareas.Trees;

/// <summary>One reader of an archive.</summary>
/// <param name="release">Gives the hold back.</param>
internal sealed class ArchiveHold(Action release) : IDisposable
{
    private Action? _release = release;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
