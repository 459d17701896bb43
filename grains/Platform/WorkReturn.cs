using Donmai.Core.Platform;
using Donmai.Core.Platform.Wire;
using Donmai.Platform;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

/// <summary>
/// Gives refused work back to the platform (platform-api.md §8). What the platform does not take because it is away is tried again with the next
/// poll, until it lets go of the claim by itself.
/// </summary>
/// <param name="registration">The credentials of the day.</param>
/// <param name="platform">The platform.</param>
/// <param name="metrics">Counts.</param>
/// <param name="clock">Time.</param>
/// <param name="logger">The poll's log.</param>
internal sealed partial class WorkReturn(
    IRegistrationGrain registration, PlatformClient platform, LoopMetrics metrics, TimeProvider clock, ILogger logger)
{
    /// <summary>When the platform takes unfinished claims away by itself.</summary>
    internal static readonly TimeSpan ClaimEnds = TimeSpan.FromMinutes(15);

    /// <summary>Requests at a time.</summary>
    private const int AtATime = 8;

    private readonly Dictionary<string, (RefusedWork Work, long Since)> _left = new(StringComparer.Ordinal);

    /// <summary>Gives work back, and what is left from before.</summary>
    public async Task Give(IReadOnlyList<RefusedWork> refused)
    {
        foreach (var work in refused)
            _left[work.SessionId] = (work, clock.GetTimestamp());
        foreach (var (sessionId, left) in _left.ToList())
            if (clock.GetElapsedTime(left.Since) >= ClaimEnds)
                _left.Remove(sessionId);
        foreach (var few in _left.Values.Select(static left => left.Work).Chunk(AtATime).ToList())
            if (!(await Task.WhenAll(Array.ConvertAll(few, Give))).Contains(true))
                return; // nobody is there
    }

    /// <summary>What runs here by now is not given back: somebody else would run it as well.</summary>
    public void Keep(IReadOnlyList<string> running)
    {
        foreach (var sessionId in running)
            _left.Remove(sessionId);
    }

    /// <returns>Whether somebody was there.</returns>
    private async Task<bool> Give(RefusedWork work)
    {
        try
        {
            await platform.Nack(Access, work.SessionId, new NackRequest { Reason = work.Reason, Work = ReturnedWork.Of(work.Raw) }, CancellationToken.None);
            _left.Remove(work.SessionId);
            metrics.Returned(succeeded: true);
            return true;
        }
        catch (PermanentPlatformException refusal)
        {
            _left.Remove(work.SessionId);
            metrics.Returned(succeeded: false);
            NotTaken(work.SessionId, refusal.Message);
            return true;
        }
        catch (Exception failure) when (failure is PlatformException or OperationCanceledException)
        {
            metrics.Returned(succeeded: false);
            NotGiven(work.SessionId, failure.Message);
            return false;
        }
    }

    private async ValueTask<PlatformAccess> Access(CancellationToken cancellationToken) => PlatformAccess.Of(
        await registration.Credentials() ?? throw new OperationCanceledException("this machine is not registered any more"));
}
