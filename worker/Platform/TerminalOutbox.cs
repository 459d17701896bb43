using Donmai.Core.Platform;
using Donmai.Core.Platform.Wire;
using Donmai.Core.Sessions;
using Donmai.Sessions;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Platform;

/// <summary>
/// The requests that must reach the platform although the session ends (worker.md §2.9): each is on disk before it is sent, and marked when the platform
/// has it. What is left is the daemon's to deliver.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="platform">The way to the platform.</param>
internal sealed partial class TerminalOutbox(SessionContext session, PlatformConnection platform) : IDisposable
{
    private readonly OutboxDelivery _delivery = new(platform.Client);
    private readonly OutboxRequests _requests = new(
        session.Order.SessionId, OutboxRequests.RunOf(session.Identity.StartedAt), session.Order.Detail.PlatformUrl!.Trim().TrimEnd('/'), session.Clock);

    private OutboxFile? _file;
    private int _issueRequests;

    /// <summary>Asks the issue tracker for something.</summary>
    /// <param name="kind"><see cref="OutboxKind"/>.</param>
    /// <param name="request">What.</param>
    /// <param name="cancellationToken">Ends the attempts at once; the request waits then.</param>
    public async Task<PlatformPostOutcome> Ask(string kind, ProxyRequest request, CancellationToken cancellationToken)
    {
        var entry = _requests.Issue(kind, ++_issueRequests, request);
        var isKept = Keep(entry);
        var problem = await Send(entry, static usual => usual, isRefusalFine: false, cancellationToken);
        return problem is null ? PlatformPostOutcome.Done : PlatformPostOutcome.Failed(isKept ? problem : $"{problem}; it is lost");
    }

    /// <summary>Reports the end of the session: completion, then status, then what is left of earlier requests.</summary>
    /// <param name="result">How it ended.</param>
    /// <param name="statusOnly">The completion is not this worker's to send.</param>
    /// <param name="deadline">Longest time.</param>
    public async Task<TerminalReport> Report(SessionResult result, bool statusOnly, TimeSpan deadline)
    {
        using var limit = new CancellationTokenSource(deadline, session.Clock);
        var start = session.Clock.GetTimestamp();
        await using var hurry = session.Stop.Hurried.Register(Hurry);
        await using var forced = session.Stop.Forced.Register(limit.Cancel);

        var left = _file?.Waiting() ?? [];
        OutboxEntry? completion = statusOnly ? null : _requests.Completion(result);
        var status = _requests.Status(result);
        Keep(completion is null ? [status] : [completion, status]);

        // A completion that hangs must leave time for the status.
        var warnings = new List<string>();
        var completed = completion is not null
            && await Try(completion, usual => Within(usual, deadline) with { Overall = deadline / 2 }, isRefusalFine: false);
        var told = await Try(status, usual => Within(usual, deadline), isRefusalFine: statusOnly);
        foreach (var earlier in left)
            await Try(earlier, usual => Within(usual, deadline), isRefusalFine: false);
        return new TerminalReport { Completion = completed, Status = told, Pending = _file?.Count ?? 0, Warnings = warnings };

        // Who waits for the end does not make it later.
        void Hurry()
        {
            if (session.Clock.GetElapsedTime(start) + session.Settings.HurriedReportingLimit < deadline)
                limit.CancelAfter(session.Settings.HurriedReportingLimit);
        }

        async Task<bool> Try(OutboxEntry entry, Func<PlatformCall, PlatformCall> how, bool isRefusalFine)
        {
            try
            {
                if (await Send(entry, how, isRefusalFine, limit.Token) is not { } problem)
                    return true;
                warnings.Add($"{entry.Kind}: {problem}");
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                warnings.Add($"{entry.Kind}: there was no time left to send it");
            }

            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static PlatformCall Within(PlatformCall usual, TimeSpan deadline) =>
        PlatformCalls.Patiently(usual) with { Timeout = usual.Timeout < deadline / 3 ? usual.Timeout : deadline / 3 };

    /// <returns>Why it did not succeed; <see langword="null"/> when it did.</returns>
    private async Task<string?> Send(OutboxEntry entry, Func<PlatformCall, PlatformCall> how, bool isRefusalFine, CancellationToken cancellationToken)
    {
        try
        {
            await _delivery.Send(entry, platform.Access, cancellationToken, how);
            Mark(file => file.Done(entry));
            return null;
        }
        catch (PermanentPlatformException refused)
        {
            if (isRefusalFine)
                Mark(file => file.Done(entry));
            else
                Mark(file => file.Refused(entry, refused.Message));
            return refused.Message;
        }
        catch (TransientPlatformException failed)
        {
            return failed.Message;
        }
    }

    private bool Keep(params IReadOnlyList<OutboxEntry> entries)
    {
        try
        {
            _file ??= OutboxFile.ForResults(session.Record.PathOf(SessionRecordFiles.Outbox), session.Clock);
            return _file.TryAdd(entries);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            NotWritten(session.Log, refused);
            return false;
        }
    }

    private void Mark(Action<OutboxFile> mark)
    {
        try
        {
            if (_file is not null)
                mark(_file);
        }
        catch (IOException refused)
        {
            NotWritten(session.Log, refused); // it is sent once more, under the same id
        }
    }
}
