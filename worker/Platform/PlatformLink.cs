using Donmai.Core.Platform;
using Donmai.Core.Sessions;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Platform;

/// <summary>The link of a session that an orchestrator ordered: lease, activity, issue tracker, result.</summary>
internal sealed class PlatformLink : IPlatformLink
{
    /// <summary>Tokens of a registration that no platform knows (platform-api.md §13).</summary>
    private const string StubTokenPrefix = "stub.";

    private readonly PlatformConnection _platform;
    private readonly SessionLease _lease;
    private readonly ActivityPoster _activity;
    private readonly TerminalOutbox _outbox;

    private PlatformLink(SessionContext session, ICredentialSource? credentials, HttpMessageHandler? transport)
    {
        var detail = session.Order.Detail;
        var known = new RuntimeCredentials(detail.WorkerId ?? "", detail.AuthToken ?? "");
        var url = detail.PlatformUrl!.Trim();
        _platform = new PlatformConnection(url, known, credentials, transport, session.Clock);
        _lease = new SessionLease(_platform, session.Order.SessionId, detail.IssueId?.Trim() ?? "", session.Stop, session.Clock, session.Log);
        _outbox = new TerminalOutbox(session, _platform);
        _activity = Poster(new ActivityPosterOptions
        {
            SessionId = session.Order.SessionId,
            PlatformUrl = url,
            WorkerId = known.WorkerId,
            AuthToken = known.AuthToken,
            Credentials = credentials,
            ProviderName = session.Order.Provider,
            AttemptTimeout = PlatformCalls.Activity.Timeout,
            BacklogPath = session.Record.PathOf(SessionRecordFiles.Activity),
            Redact = session.Redaction.Apply,
            Transport = transport,
            Clock = session.Clock,
            Log = session.Log,
        });
        _activity.Start();
    }

    /// <summary>The link that a session needs.</summary>
    /// <param name="session">The session.</param>
    /// <param name="credentials">Knows the newest credentials; <see langword="null"/> when they do not change.</param>
    /// <param name="transport">Sends the requests; <see langword="null"/> for connections of its own.</param>
    public static IPlatformLink For(SessionContext session, ICredentialSource? credentials, HttpMessageHandler? transport)
    {
        var detail = session.Order.Detail;
        var isReal = !session.Order.IsLocal && !detail.AuthToken!.StartsWith(StubTokenPrefix, StringComparison.Ordinal)
            && Uri.TryCreate(detail.PlatformUrl?.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        return isReal ? new PlatformLink(session, credentials, transport) : NoPlatform.Instance;
    }

    /// <inheritdoc/>
    public Task StartLease() => _lease.Start();

    /// <inheritdoc/>
    public Task ConfirmLease() => _lease.Confirm();

    /// <inheritdoc/>
    public void Tell(AgentEvent happening)
    {
        _activity.AgentStarted();
        _activity.Send(happening);
    }

    /// <inheritdoc/>
    public Task<PlatformPostOutcome> UpdateIssueStatus(string issueId, string status, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(issueId) || string.IsNullOrWhiteSpace(status)
            ? Task.FromResult(PlatformPostOutcome.Failed("the issue or its status is missing"))
            : _outbox.Ask(OutboxKind.IssueStatus, IssueRequests.Status(issueId, status), cancellationToken);

    /// <inheritdoc/>
    public Task<PlatformPostOutcome> CreateComment(string issueId, string text, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(issueId) || string.IsNullOrWhiteSpace(text)
            ? Task.FromResult(PlatformPostOutcome.Failed("the issue or the comment is missing"))
            : _outbox.Ask(OutboxKind.Comment, IssueRequests.Comment(issueId, text), cancellationToken);

    /// <inheritdoc/>
    public Task CloseActivity() => _activity.Stop();

    /// <inheritdoc/>
    public Task<TerminalReport> Report(SessionResult result, bool statusOnly, TimeSpan deadline) => _outbox.Report(result, statusOnly, deadline);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _activity.DisposeAsync();
        await _lease.DisposeAsync();
        _outbox.Dispose();
        _platform.Dispose();
    }

    private static ActivityPoster Poster(ActivityPosterOptions options)
    {
        try
        {
            return new ActivityPoster(options);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new ActivityPoster(options with { BacklogPath = null }); // what finds no platform is dropped then, and counted
        }
    }
}
