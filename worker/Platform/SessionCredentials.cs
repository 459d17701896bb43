using Donmai.Sessions;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Platform;

/// <summary>A session's credentials as its daemon knows them (worker.md §1.4). A daemon that is slow or away delays no request for long.</summary>
/// <param name="latest">The session's detail.</param>
/// <param name="clock">Source of time.</param>
internal sealed class SessionCredentials(LatestDetail latest, TimeProvider clock) : ICredentialSource
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private int _rejected;

    /// <inheritdoc/>
    public async ValueTask<RuntimeCredentials> Read(CancellationToken cancellationToken)
    {
        var refused = Interlocked.Exchange(ref _rejected, 0) != 0;
        try
        {
            return Of(await latest.Renew(refused, cancellationToken).WaitAsync(Patience, clock, cancellationToken));
        }
        catch (TimeoutException)
        {
            return Of(latest.Current);
        }
    }

    /// <inheritdoc/>
    public void Rejected() => Interlocked.Exchange(ref _rejected, 1);

    private static RuntimeCredentials Of(SessionDetail detail) => new(detail.WorkerId ?? "", detail.AuthToken ?? "");
}
