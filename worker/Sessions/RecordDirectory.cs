using System.Text.Json;
using Donmai.Core.Sessions;
using Donmai.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary>The session's record directory (worker.md §1.8), held exclusively while it is open.</summary>
internal sealed class RecordDirectory : IDisposable
{
    private readonly Lock _writing = new();
    private readonly FileStream _lock;
    private WorkerProcessRecord _worker;

    private RecordDirectory(string path, FileStream held, WorkerProcessRecord worker)
    {
        Root = path;
        _lock = held;
        _worker = worker;
    }

    /// <summary>The directory.</summary>
    public string Root { get; }

    /// <summary>The work tree of an earlier worker of the session; <see langword="null"/> when there was none.</summary>
    public string? FormerTree { get; private init; }

    /// <summary>Path of the event log.</summary>
    public string Events => PathOf(SessionRecordFiles.Events);

    /// <summary>Makes the directory and takes its lock.</summary>
    /// <exception cref="PreflightException">Another worker has it, or it cannot be made.</exception>
    public static RecordDirectory Open(WorkerPlaces places, WorkerIdentity identity)
    {
        try
        {
            PrivateDirectory.Make(places.Record);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new PreflightException($"the record directory '{places.Record}' cannot be made: {refused.Message}");
        }

        var held = Hold(Path.Combine(places.Record, SessionRecordFiles.Lock));
        var former = ReadFormer(Path.Combine(places.Record, SessionRecordFiles.Worker));
        var record = new RecordDirectory(places.Record, held, new WorkerProcessRecord
        {
            SessionId = places.SessionId,
            Pid = identity.Pid,
            ProcessStartTime = identity.StartedAt,
            WorkerGroup = identity.Group,
            StartedAt = identity.StartedAt,
        })
        { FormerTree = former?.WorktreePath };
        File.Delete(record.PathOf(SessionRecordFiles.Exit));
        return record;
    }

    /// <summary>Path of a file in the directory.</summary>
    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Changes <c>worker.json</c>.</summary>
    public void Update(Func<WorkerProcessRecord, WorkerProcessRecord> change)
    {
        lock (_writing)
        {
            _worker = change(_worker);
            AtomicFile.Write(
                PathOf(SessionRecordFiles.Worker), JsonSerializer.SerializeToUtf8Bytes(_worker, WorkerFilesJson.Default.WorkerProcessRecord));
        }
    }

    /// <summary>Writes <c>exit.json</c>.</summary>
    public void WriteExit(WorkerExitRecord exit) => AtomicFile.Write(
        PathOf(SessionRecordFiles.Exit), JsonSerializer.SerializeToUtf8Bytes(exit, WorkerFilesJson.Readable.WorkerExitRecord));

    /// <summary>
    /// Writes the <c>exit.json</c> of a session that begins to stop, for the case that nobody is left to write the final one (worker.md §2.4).
    /// </summary>
    /// <param name="cause">Why it stops.</param>
    /// <param name="attempt">Attempt of the session, from 1.</param>
    /// <param name="now">The time now.</param>
    public void WriteProvisionalExit(SessionEnd cause, int attempt, DateTimeOffset now)
    {
        WorkerProcessRecord worker;
        lock (_writing)
            worker = _worker;
        WriteExit(new WorkerExitRecord
        {
            SessionId = worker.SessionId,
            Attempt = attempt,
            Pid = worker.Pid,
            ProcessStartTime = worker.ProcessStartTime,
            EndedAt = now,
            ExitCode = cause.ExitCode,
            Status = cause.Status,
            FailureMode = cause.FailureMode,
            ExitReason = cause.ExitReason,
            Error = cause.Error,
            WorktreePath = worker.WorktreePath ?? "",
            WorktreeKept = worker.WorktreePath is not null,
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static WorkerProcessRecord? ReadFormer(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), WorkerFilesJson.Default.WorkerProcessRecord);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static FileStream Hold(string path)
    {
        try
        {
            return new FileStream(path, AtomicFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new PreflightException("session already has a worker");
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new PreflightException($"the record directory cannot be used: {refused.Message}");
        }
    }
}
