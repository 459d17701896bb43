using Donmai.Workareas;

namespace Donmai.Core.Workareas;

/// <summary>
/// The rows of all archives, kept between requests. Each request first takes the system's news of the root and of every archive in it, and reads again
/// what they name; so a change is in the very next answer, whoever made it. Where there are no such news, every request reads everything.
/// </summary>
internal sealed class ArchiveList : IDisposable
{
    // The name that news of the root itself have: it was removed, moved, or may no longer be read.
    private const string RootItself = "";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, WorkareaSummary?> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _watched = [];
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private List<WorkareaSummary> _sorted = [];
    private DirectoryWatch? _watch;
    private string _root = "";
    private PlaceIdentity _identity;
    private int _rootNumber;

    /// <summary>The rows by id in byte order. Nobody may change the list.</summary>
    /// <param name="root">The archive root; a missing one has no archives.</param>
    /// <exception cref="IOException">The root cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The root cannot be read.</exception>
    public List<WorkareaSummary> Rows(string root)
    {
        lock (_gate)
        {
            if (PlaceIdentity.Of(root) is not { } identity)
            {
                Forget();
                RequireNothing(root);
                return [];
            }

            if (_watch is null || _root != root || _identity != identity || !_watch.Take(Note) || _changed.Contains(RootItself))
                Begin(root, identity);
            if (_changed.Count > 0)
                Refresh();
            return _sorted;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
            Forget();
    }

    private static void RequireNothing(string root)
    {
        try
        {
            if (!File.GetAttributes(root).HasFlag(FileAttributes.Directory))
                throw new IOException("the archive root is no directory");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            // As it should be; what may not be looked at is thrown.
        }
    }

    private void Begin(string root, PlaceIdentity identity)
    {
        Forget();
        (_root, _identity) = (root, identity);
        _watch = DirectoryWatch.Begin(root);
        _rootNumber = _watch?.Add(root, follow: true) ?? -1;
        if (_rootNumber < 0)
            Stop();

        // After the watch has begun: what changes from here on is told.
        foreach (var path in Directory.EnumerateDirectories(root))
            _changed.Add(Path.GetFileName(path));
        if (_changed.Count == 0)
            _sorted = [];
    }

    // Called for each of the news.
    private void Note(int number, string name)
    {
        if (number == _rootNumber)
            _changed.Add(name);
        else if (name is "" or ArchiveLayout.ManifestName or ArchiveLayout.TreeName && _watched.TryGetValue(number, out var id))
            _changed.Add(id);
    }

    private void Refresh()
    {
        foreach (var (number, _) in _watched.Where(watched => _changed.Contains(watched.Value)).ToList())
        {
            _watch?.Remove(number);
            _watched.Remove(number);
        }

        foreach (var id in _changed)
        {
            var place = new DirectoryInfo(Path.Join(_root, id));
            if (!ArchiveLayout.IsArchiveId(id) || !place.Exists)
            {
                _rows.Remove(id);
                continue;
            }

            Watch(id, place);
            _rows[id] = ArchiveRow.Of(place);
        }

        _changed.Clear();
        _sorted = [.. _rows.Values.OfType<WorkareaSummary>().OrderBy(static row => row.Id, ByteOrder.Instance)];
        if (_watch is null)
            _rows.Clear();
    }

    // What a link leads to changes without news.
    private void Watch(string id, DirectoryInfo place)
    {
        if (_watch is null)
            return;
        var number = FileKinds.IsLink(place) ? -1 : _watch.Add(place.FullName);
        if (number < 0 || !_watched.TryAdd(number, id))
            Stop();
    }

    private void Stop()
    {
        _watch?.Dispose();
        _watch = null;
        _watched.Clear();
    }

    private void Forget()
    {
        Stop();
        _rows.Clear();
        _changed.Clear();
        _sorted = [];
        _root = "";
    }
}
