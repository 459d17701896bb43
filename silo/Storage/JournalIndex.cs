using System.Diagnostics.CodeAnalysis;

namespace Donmai.Silo.Storage;

/// <summary>Where the current record of every key is. Values stay on disk, so that thousands of states cost little memory.</summary>
internal sealed class JournalIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JournalKey, JournalEntry> _entries = [];
    private long _liveLength;

    /// <summary>Bytes of all current records.</summary>
    public long LiveLength
    {
        get
        {
            lock (_gate)
                return _liveLength;
        }
    }

    /// <summary>Number of keys that have a value.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <summary>Finds the current record of <paramref name="key"/>.</summary>
    public bool TryFind(JournalKey key, [MaybeNullWhen(false)] out JournalEntry entry)
    {
        lock (_gate)
            return _entries.TryGetValue(key, out entry);
    }

    /// <summary>Current version of <paramref name="key"/>, 0 when it has no value.</summary>
    public long VersionOf(JournalKey key) => TryFind(key, out var entry) ? entry.Version : 0;

    /// <summary>Makes <paramref name="entry"/> the current record of <paramref name="key"/>.</summary>
    public void Put(JournalKey key, JournalEntry entry)
    {
        lock (_gate)
        {
            RemoveEntry(key);
            _entries.Add(key, entry);
            _liveLength += entry.Length;
        }
    }

    /// <summary>Leaves <paramref name="key"/> without a value.</summary>
    public void Clear(JournalKey key)
    {
        lock (_gate)
            RemoveEntry(key);
    }

    /// <summary>Keys whose current record is in a file numbered <paramref name="lastNumber"/> or lower, in the order of the files.</summary>
    public List<KeyValuePair<JournalKey, JournalEntry>> UpTo(long lastNumber)
    {
        List<KeyValuePair<JournalKey, JournalEntry>> found;
        lock (_gate)
            found = [.. _entries.Where(pair => pair.Value.Segment.Number <= lastNumber)];
        found.Sort((left, right) => left.Value.Version.CompareTo(right.Value.Version));
        return found;
    }

    /// <summary>Points keys to copies of their records, except those that were written again since the copy was made.</summary>
    public void Relocate(IReadOnlyList<KeyValuePair<JournalKey, JournalEntry>> copies)
    {
        lock (_gate)
        {
            foreach (var (key, copy) in copies)
            {
                if (_entries.TryGetValue(key, out var current) && current.Version == copy.Version)
                    _entries[key] = copy;
            }
        }
    }

    private void RemoveEntry(JournalKey key)
    {
        if (_entries.Remove(key, out var before))
            _liveLength -= before.Length;
    }
}
