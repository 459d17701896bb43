using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

/// <summary>
/// The session's detail as the daemon told it last, and the one way to ask again while the session runs (worker.md §1.4): one question at a time,
/// at most every five seconds. A daemon that is away or has forgotten the session changes nothing.
/// </summary>
internal sealed partial class LatestDetail : IAsyncDisposable
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(5);

    private readonly Lock _asking = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly ISessionDetailSource _source;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private Task<SessionDetail> _question;
    private long _askedAt;
    private bool _isAway;
    private volatile SessionDetail _current;

    /// <summary>Begins with the detail that the worker was started with.</summary>
    /// <param name="source">Whom to ask.</param>
    /// <param name="first">What was told first.</param>
    /// <param name="clock">Source of time.</param>
    /// <param name="log">The worker's log.</param>
    public LatestDetail(ISessionDetailSource source, SessionDetail first, TimeProvider clock, ILogger log)
    {
        _source = source;
        _clock = clock;
        _log = log;
        _current = first;
        _question = Task.FromResult(first);
        _askedAt = clock.GetTimestamp();
    }

    /// <summary>What is known. Worker id and tokens are never emptied.</summary>
    public SessionDetail Current => _current;

    /// <summary>Whether there is somebody to ask: a work order that was given as a file stays as it is.</summary>
    public bool IsLive { get; init; } = true;

    /// <summary>Told every new answer, one after the other.</summary>
    public Action<SessionDetail> Renewed { get; set; } = static _ => { };

    /// <summary>Asks again, unless that was done within the last five seconds.</summary>
    /// <param name="refused">The platform refused the token that is known, so a younger one is needed now.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>What is known then: a failure keeps what was known.</returns>
    public Task<SessionDetail> Renew(bool refused, CancellationToken cancellationToken)
    {
        lock (_asking)
        {
            var isDue = _clock.GetElapsedTime(_askedAt) >= LeastPause || (refused && !_isAway);
            if (IsLive && _question.IsCompleted && isDue)
            {
                _askedAt = _clock.GetTimestamp();
                _question = Ask();
            }

            return _question.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        Task<SessionDetail> last;
        lock (_asking)
            last = _question;
        await last;
        _ending.Dispose();
    }

    private async Task<SessionDetail> Ask()
    {
        await Task.Yield(); // what it tells must not find the lock held
        try
        {
            Take(await _source.Read(AttemptTimeout, _ending.Token));
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            return _current;
        }
        catch (PreflightException away)
        {
            if (!_isAway)
                DaemonIsAway(away.Message);
            _isAway = true;
        }

        return _current;
    }

    private void Take(SessionDetail answer)
    {
        _isAway = false;
        _current = answer with
        {
            WorkerId = string.IsNullOrWhiteSpace(answer.WorkerId) ? _current.WorkerId : answer.WorkerId,
            AuthToken = string.IsNullOrWhiteSpace(answer.AuthToken) ? _current.AuthToken : answer.AuthToken,
            GitToken = string.IsNullOrWhiteSpace(answer.GitToken) ? _current.GitToken : answer.GitToken,
        };
        Renewed(_current);
    }
}
