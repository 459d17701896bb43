using Donmai.Core.Sessions;
using Donmai.Sessions;

namespace Donmai.Grains.Sessions;

/// <summary>Brings the news of ended processes to their sessions. Who brings it tries again when it was not taken.</summary>
internal sealed class SessionExits(IGrainFactory grains) : ISessionExits
{
    public Task Exited(string sessionId, ProcessExit exit) => grains.Session(sessionId).Exited(exit);
}
