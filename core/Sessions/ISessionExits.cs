using Donmai.Sessions;

namespace Donmai.Core.Sessions;

/// <summary>Who is told that a session's process has ended.</summary>
public interface ISessionExits
{
    /// <summary>The process has ended, its output is complete, and nothing of its tree is left.</summary>
    Task Exited(string sessionId, ProcessExit exit);
}
