using Donmai.Core.Daemon;
using Donmai.Core.Platform;
using Donmai.Core.Sessions;
using Donmai.Core.Workareas.Trees;
using Donmai.Workareas;

namespace Donmai.Core.Workareas;

/// <summary>Where sessions of this machine live on disk: work tree and record directory, by session id alone.</summary>
/// <param name="state">The state directory.</param>
/// <param name="clock">Time.</param>
public sealed class SessionPlaces(StateDirectory state, TimeProvider clock)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>What separates a session's id from the rest in the name of a record directory that was put aside; no id has it.</summary>
    public const char FormerMark = '~';

    /// <summary>The places of a session, whether or not they exist.</summary>
    public WorkareaLease Of(string sessionId, DateTimeOffset acquiredAt) => new()
    {
        WorktreePath = Path.Combine(state.Worktrees, sessionId),
        RecordPath = Path.Combine(state.Records, sessionId),
        AcquiredAt = acquiredAt,
    };

    /// <summary>
    /// Makes an empty record directory for a session; what an ended session of the same id left there is removed, or, as long as its platform waits for
    /// something of it, put aside.
    /// </summary>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The state directory cannot be written.</exception>
    public Task<WorkareaLease> Prepare(string sessionId) => Task.Run(() =>
    {
        var lease = Of(sessionId, clock.GetUtcNow());
        if (Directory.Exists(lease.RecordPath))
            Clear(lease.RecordPath);
        CreateOwnerOnly(lease.RecordPath);
        return lease;
    });

    /// <summary>Removes the record directory of a session that was never started.</summary>
    public Task Remove(string sessionId) => Task.Run(() =>
    {
        var path = Of(sessionId, default).RecordPath;
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    });

    /// <summary>Removes the work tree of a session, read-only directories in it too; one that is not there is no trouble.</summary>
    /// <exception cref="IOException">Something in it cannot be removed.</exception>
    public Task RemoveTree(string sessionId) => Task.Run(() =>
    {
        var tree = new DirectoryInfo(Of(sessionId, default).WorktreePath);
        if (tree is { Exists: true, LinkTarget: null })
            TreeRemoval.Remove(tree.FullName);
    });

    /// <summary>Tells an adopted worker where the control API is now (worker.md §1.8 <c>daemon.url</c>).</summary>
    public Task Announce(string sessionId, Uri controlAddress) => Task.Run(() =>
    {
        var path = Path.Combine(Of(sessionId, default).RecordPath, SessionRecordFiles.DaemonUrl);
        var fresh = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new StreamWriter(fresh, options))
            file.Write(controlAddress.GetLeftPart(UriPartial.Path).TrimEnd('/'));
        File.Move(fresh, path, overwrite: true);
    });

    /// <summary>Where a session's events are: in its record directory, or, once that is gone, where the archive keeps them.</summary>
    /// <param name="lease">The session's places.</param>
    /// <param name="archived">The log kept with its archive; <see langword="null"/> when there is none.</param>
    public static Task<string> EventLog(WorkareaLease lease, string? archived)
    {
        var recorded = Path.Combine(lease.RecordPath, SessionRecordFiles.Events);
        return archived is null ? Task.FromResult(recorded) : Task.Run(() => File.Exists(recorded) ? recorded : archived);
    }

    private static void Clear(string record)
    {
        if (OutboxStore.HasWaiting(record))
            Directory.Move(record, $"{record}{FormerMark}{Guid.NewGuid():N}");
        else
            Directory.Delete(record, recursive: true);
    }

    private static void CreateOwnerOnly(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly);
    }
}
