using Donmai.Core.Platform;
using Donmai.Core.Platform.Wire;
using Donmai.Sessions;

namespace Donmai.Worker.Platform;

/// <summary>
/// Tells a platform how a session ended, and asks its issue tracker for what follows from it (platform-api.md §11, §12). Knows nothing of how the result
/// came about. Safe for use by several threads.
/// </summary>
/// <remarks>
/// Failures: <see cref="PermanentPlatformException"/> when the platform refused, <see cref="TransientPlatformException"/> when every attempt failed for a
/// reason that may pass, <see cref="OperationCanceledException"/> when the caller gave up, at once.
/// </remarks>
public sealed class ResultPoster : IDisposable
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private readonly ResultPosterOptions _options;
    private readonly PlatformConnection _platform;
    private readonly OutboxDelivery _delivery;

    /// <summary>Creates a poster; nothing is sent yet.</summary>
    /// <param name="options">What it works with.</param>
    /// <exception cref="ArgumentException">The platform's URL is missing or none, or the time of an attempt is not positive.</exception>
    public ResultPoster(ResultPosterOptions options)
    {
        PlatformAddress.Check(options.PlatformUrl);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.AttemptTimeout, TimeSpan.Zero, nameof(options));
        _options = options;
        _platform = new PlatformConnection(
            options.PlatformUrl, new RuntimeCredentials(options.WorkerId, options.AuthToken), options.Credentials, options.Transport, options.Clock);
        _delivery = new OutboxDelivery(_platform.Client);
    }

    /// <summary>
    /// Tells the end of a session: the completion first, then the status, which is tried whatever became of the completion. A platform that knows a
    /// terminal status already has what it needs.
    /// </summary>
    /// <param name="sessionId">The session; not blank.</param>
    /// <param name="result">How it ended; with a status.</param>
    /// <param name="cancellationToken">Gives it up at once.</param>
    /// <exception cref="ArgumentException">The session or the status is missing; nothing was sent.</exception>
    /// <exception cref="PlatformException">One of both failed.</exception>
    /// <exception cref="AggregateException">Both failed; it holds the failures in their order.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task Post(string sessionId, SessionResult result, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sessionId);
        ArgumentException.ThrowIfNullOrWhiteSpace(result.Status, nameof(result));
        var requests = new OutboxRequests(sessionId, result.StartedAt, _options.PlatformUrl, _options.Clock);
        var failures = new List<Exception>();
        foreach (var request in (OutboxEntry[])[requests.Completion(result), requests.Status(result)])
            try
            {
                await _delivery.Send(request, _platform.Access, cancellationToken, How);
            }
            catch (PlatformException failure)
            {
                failures.Add(failure);
            }

        switch (failures)
        {
            case []:
                return;
            case [var only]:
                throw only;
            default:
                throw new AggregateException($"neither the completion nor the status of session '{sessionId}' could be told", failures);
        }
    }

    /// <summary>Changes the status of an issue.</summary>
    /// <param name="issueId">The issue; not blank.</param>
    /// <param name="status">Name of the status, e.g. <c>Finished</c>; not blank.</param>
    /// <param name="cancellationToken">Gives it up at once.</param>
    /// <exception cref="ArgumentException">Something is blank; nothing was sent.</exception>
    /// <exception cref="PlatformException">It failed; what the tracker declined for good is a <see cref="PermanentPlatformException"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task UpdateIssueStatus(string issueId, string status, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(issueId);
        ArgumentException.ThrowIfNullOrWhiteSpace(status);
        return Ask(IssueRequests.Status(issueId, status), cancellationToken);
    }

    /// <summary>Comments on an issue.</summary>
    /// <param name="issueId">The issue; not blank.</param>
    /// <param name="body">The comment; not blank.</param>
    /// <param name="cancellationToken">Gives it up at once.</param>
    /// <exception cref="ArgumentException">Something is blank; nothing was sent.</exception>
    /// <exception cref="PlatformException">It failed; what the tracker declined for good is a <see cref="PermanentPlatformException"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task CreateIssueComment(string issueId, string body, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(issueId);
        ArgumentException.ThrowIfNullOrWhiteSpace(body);
        return Ask(IssueRequests.Comment(issueId, body), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _platform.Dispose();

    private Task<ProxyAnswer> Ask(ProxyRequest request, CancellationToken cancellationToken) =>
        _platform.Client.AskIssueTracker(_platform.Access, request, cancellationToken, How(PlatformCalls.IssueTracker));

    private PlatformCall How(PlatformCall usual) => (usual with { Timeout = _options.AttemptTimeout }).Doubling(
        _options.MaxAttempts < 1 ? ResultPosterOptions.DefaultMaxAttempts : _options.MaxAttempts,
        _options.BaseDelay < TimeSpan.Zero ? ResultPosterOptions.DefaultBaseDelay : _options.BaseDelay,
        LongestDelay);
}
