using Donmai.FakePlatform.Sessions;
using Donmai.FakePlatform.Workers;

namespace Donmai.FakePlatform;

/// <summary>Everything the platform knows that more than one desk needs. Read and written under <see cref="Gate"/>; the records are immutable.</summary>
internal sealed class Ledger(PlatformClock clock)
{
    public Lock Gate { get; } = new();

    public PlatformClock Clock { get; } = clock;

    public Dictionary<string, Worker> Workers { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Session> Sessions { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>The session, to whoever calls about it.</summary>
    /// <exception cref="RefusedException">404: no such session was ever handed out.</exception>
    public Session Session(string id) => Sessions.GetValueOrDefault(id) ?? throw RefusedException.NotFound("Session not found");
}
