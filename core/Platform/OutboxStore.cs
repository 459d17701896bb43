using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Donmai.Platform;

namespace Donmai.Core.Platform;

/// <summary>The outboxes in the record directories of a machine's sessions (worker.md §1.8). A worker that lives keeps its own.</summary>
/// <param name="state">The state directory.</param>
/// <param name="clock">Time.</param>
public sealed class OutboxStore(StateDirectory state, TimeProvider clock)
{
    /// <summary>Whether something in a record directory still waits for the platform.</summary>
    public static bool HasWaiting(string record) =>
        Results(record, TimeProvider.System, static file => file.Count > 0) || Activity(record, TimeProvider.System, static file => file.Count > 0);

    /// <summary>Whether a worker holds a record directory.</summary>
    public static bool IsHeld(string record)
    {
        var path = Path.Combine(record, SessionRecordFiles.Lock);
        if (!File.Exists(path))
            return false;
        try
        {
            using var held = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read); // two who look do not take each other for the worker
            return false;
        }
        catch (FileNotFoundException)
        {
            return false; // let go of and deleted meanwhile
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Record directories in which something waits and whose worker has ended; those too of which nobody can tell, so that an attempt says why.</summary>
    public IReadOnlyList<string> Waiting() => [.. Records().Where(static record => Readable(() => HasWaiting(record), otherwise: true))];

    /// <summary>What waits and what was refused, by session.</summary>
    public List<OutboxRow> Rows()
    {
        var rows = new List<OutboxRow>();
        foreach (var record in Records())
            rows.AddRange(Readable(() => Rows(record), otherwise: []));
        return [.. rows.OrderBy(static row => row.Since).ThenBy(static row => row.Id, StringComparer.Ordinal)];
    }

    /// <summary>Lets refused requests wait again.</summary>
    /// <param name="id">A request, or a session for all of its.</param>
    /// <returns>The record directories of the requests, also of those that wait already, and how many there are of them.</returns>
    public (IReadOnlyList<string> Records, int Count) TryAgain(string id) => ForEach(id, static (file, entry) => file.TryAgain(entry), static file => file.Count);

    /// <summary>Gives requests up, whether they wait or were refused. The activity of a session is one row, and so is what is done with it.</summary>
    /// <param name="id">A request, or a session for all of its.</param>
    /// <returns>How many there were.</returns>
    public int Discard(string id) => ForEach(id, static (file, entry) => file.Discard(entry), static file => file.DiscardAll()).Count;

    /// <summary>
    /// Reports the end of a session in the place of its worker, unless that was done: the requests are on disk when this returns. A worker that got to
    /// writing its status wrote everything.
    /// </summary>
    /// <param name="leavings">What is known of it.</param>
    /// <param name="platformUrl">The platform it is for.</param>
    /// <returns>Whether there was something to report.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The record directory may not be written.</exception>
    public bool Report(SessionLeavings leavings, string platformUrl)
    {
        DurableFile.CreateDirectory(leavings.RecordPath);
        File.Delete(Path.Combine(leavings.RecordPath, SessionRecordFiles.PlatformToken)); // a worker that was killed could not
        if (leavings.Record?.TerminalPosted?.Status == true)
            return false;
        using var file = OutboxFile.ForResults(Path.Combine(leavings.RecordPath, SessionRecordFiles.Outbox), clock);
        if (file.All().Exists(static item => item.Entry.Kind == OutboxKind.Status))
            return false;
        var startedAt = leavings.Record?.ProcessStartTime is { Ticks: > 0 } started ? started : leavings.AcceptedAt;
        var requests = new OutboxRequests(leavings.SessionId, OutboxRequests.RunOf(startedAt), platformUrl, clock);
        var result = UnreportedEnd.Of(leavings);
        file.TryAdd(requests.Completion(result), requests.Status(result));
        return true;
    }

    /// <summary>Works with the results that a record directory holds, if it holds any.</summary>
    internal static T? Results<T>(string record, TimeProvider clock, Func<OutboxFile, T> work) =>
        Open(Path.Combine(record, SessionRecordFiles.Outbox), path => OutboxFile.ForResults(path, clock), work);

    /// <summary>Works with the activity that a record directory holds, if it holds any.</summary>
    internal static T? Activity<T>(string record, TimeProvider clock, Func<OutboxFile, T> work) =>
        Open(Path.Combine(record, SessionRecordFiles.Activity), path => OutboxFile.ForActivity(path, clock), work);

    private static T? Open<T>(string path, Func<string, OutboxFile> open, Func<OutboxFile, T> work)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
            return default;
        using var file = open(path);
        return work(file);
    }

    private List<OutboxRow> Rows(string record)
    {
        var rows = new List<OutboxRow>();
        rows.AddRange((Results(record, clock, static file => file.All()) ?? []).Where(static item => item.IsOpen).Select(Row));
        if (Activity(record, clock, static file => (file.Count, First: file.First())) is { First: { } first } waiting)
            rows.Add(Row(new OutboxItem(first, OutboxState.Pending, first.CreatedAt, null)) with { Count = waiting.Count });
        return rows;
    }

    private (IReadOnlyList<string> Records, int Count) ForEach(
        string id, Action<OutboxFile, OutboxEntry> withResult, Func<OutboxFile, int> withActivity)
    {
        var (records, count) = (new List<string>(), 0);
        foreach (var record in Records())
        {
            var found = Readable(() => ForEach(record, id, withResult, withActivity), otherwise: 0);
            count += found;
            if (found > 0)
                records.Add(record);
        }

        return (records, count);
    }

    private int ForEach(string record, string id, Action<OutboxFile, OutboxEntry> withResult, Func<OutboxFile, int> withActivity)
    {
        var results = Results(record, clock, file =>
        {
            var meant = file.All().FindAll(item => item.IsOpen && IsMeant(item.Entry, id));
            meant.ForEach(item => withResult(file, item.Entry));
            return meant.Count;
        });
        return results + Activity(record, clock, file => file.First() is { } first && IsMeant(first, id) ? withActivity(file) : 0);
    }

    private static bool IsMeant(OutboxEntry entry, string id) => entry.Id == id || entry.SessionId == id;

    private static T Readable<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return otherwise;
        }
    }

    private IEnumerable<string> Records() => Directory.Exists(state.Records)
        ? Directory.EnumerateDirectories(state.Records).Where(static record => HasFiles(record) && !IsHeld(record))
        : [];

    private static bool HasFiles(string record) =>
        File.Exists(Path.Combine(record, SessionRecordFiles.Outbox)) || File.Exists(Path.Combine(record, SessionRecordFiles.Activity));

    private static OutboxRow Row(OutboxItem item) => new()
    {
        Id = item.Entry.Id,
        SessionId = item.Entry.SessionId,
        Kind = item.Entry.Kind,
        State = item.State == OutboxState.Refused ? OutboxRow.Refused : OutboxRow.Waiting,
        Since = item.Since,
        Reason = item.Reason,
        PlatformUrl = item.Entry.PlatformUrl,
    };
}
