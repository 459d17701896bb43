using Donmai.Core.Sessions;
using Donmai.Sessions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

/// <summary>Brings the news of ended processes to their sessions, again and again until it has arrived: a full disk must not lose an outcome.</summary>
internal sealed partial class SessionExits(
    IGrainFactory grains, TimeProvider clock, IHostApplicationLifetime host, ILogger<SessionExits> logger) : ISessionExits
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public async Task Exited(string sessionId, ProcessExit exit)
    {
        for (var wait = FirstWait; !host.ApplicationStopping.IsCancellationRequested; wait = wait * 2 > LongestWait ? LongestWait : wait * 2)
        {
            try
            {
                await grains.Session(sessionId).Exited(exit);
                return;
            }
            catch (Exception failure)
            {
                NotTaken(failure, sessionId, wait.TotalSeconds);
            }

            await Task.Delay(wait, clock, host.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
