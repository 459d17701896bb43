namespace Donmai.Core.Workareas.Trees;

/// <summary>Counts who reads which archive.</summary>
internal sealed class ArchiveUse : IArchiveUse
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IDisposable Hold(string archiveId)
    {
        lock (_gate)
            _held[archiveId] = _held.GetValueOrDefault(archiveId) + 1;
        return new ArchiveHold(() => Release(archiveId));
    }

    /// <inheritdoc/>
    public bool RemoveUnlessHeld(string archiveId, Action remove)
    {
        lock (_gate)
        {
            if (_held.ContainsKey(archiveId))
                return false;
            remove();
            return true;
        }
    }

    private void Release(string archiveId)
    {
        lock (_gate)
            if (_held[archiveId] == 1)
                _held.Remove(archiveId);
            else
                _held[archiveId]--;
    }
}
