using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon;

/// <summary>
/// Sees when <c>daemon.yaml</c> is written, created, renamed or removed, and has it read again 250 ms after the first of a burst of events
/// (daemon-runtime.md §2.8). It is the directory that is watched: editors put another file in the place of the former.
/// </summary>
public sealed partial class ConfigurationWatcher : IAsyncDisposable
{
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(250);

    private readonly string _path;
    private readonly Func<Task> _reload;
    private readonly ILogger<ConfigurationWatcher> _logger;
    private readonly FileSystemWatcher? _own;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private FileSystemWatcher? _ofTarget;
    private string? _target;
    private Task _reloading = Task.CompletedTask;
    private bool _isDue;
    private bool _isOver;

    /// <summary>Begins to watch.</summary>
    /// <param name="path">The file; its directory must exist. A link is watched, and what it leads to.</param>
    /// <param name="reload">Reads the file again.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told when watching is not possible.</param>
    public ConfigurationWatcher(string path, Func<Task> reload, TimeProvider time, ILogger<ConfigurationWatcher> logger)
    {
        _path = path;
        _reload = reload;
        _logger = logger;
        _timer = time.CreateTimer(_ => Due(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            _own = Watch(path);
        }
        catch (Exception failure) when (IsOfThePlace(failure))
        {
            NotWatched(failure, path);
        }

        FollowLink();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _own?.Dispose();
        Task reloading;
        lock (_gate)
        {
            _isOver = true;
            reloading = _reloading;
        }

        await _timer.DisposeAsync();
        await reloading;
        _ofTarget?.Dispose();
    }

    private static bool IsOfThePlace(Exception failure) => failure is IOException or ArgumentException or UnauthorizedAccessException;

    /// <summary>Watches what the file leads to now. A link that leads nowhere for a moment changes nothing: what it led to may come back.</summary>
    private void FollowLink()
    {
        try
        {
            if (File.ResolveLinkTarget(_path, returnFinalTarget: true)?.FullName is not { } target || target == _target)
                return;
            var watcher = Watch(target);
            _ofTarget?.Dispose();
            (_ofTarget, _target) = (watcher, target);
        }
        catch (Exception failure) when (IsOfThePlace(failure))
        {
            if (failure is not (FileNotFoundException or DirectoryNotFoundException))
                NotWatched(failure, _path);
        }
    }

    private FileSystemWatcher Watch(string path)
    {
        var watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path))
        {
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        watcher.Changed += (_, _) => Happened();
        watcher.Created += (_, _) => Happened();
        watcher.Deleted += (_, _) => Happened();
        watcher.Renamed += (_, _) => Happened();
        watcher.Error += (_, _) => Happened(); // events were lost; the file may be among them
        try
        {
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch
        {
            watcher.Dispose();
            throw;
        }
    }

    private void Happened()
    {
        lock (_gate)
        {
            if (_isDue || _isOver)
                return;
            _isDue = true;
            _timer.Change(Burst, Timeout.InfiniteTimeSpan);
        }
    }

    private void Due()
    {
        lock (_gate)
        {
            _isDue = false;
            if (!_isOver)
                _reloading = ReloadAfter(_reloading);
        }
    }

    private async Task ReloadAfter(Task former)
    {
        await former;
        try
        {
            FollowLink(); // first: what happens to the file from now on is told
            await _reload();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            ReloadFailed(failure);
        }
    }
}
