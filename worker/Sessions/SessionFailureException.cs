namespace Donmai.Worker.Sessions;

/// <summary>A phase of the session failed, and the session with it.</summary>
/// <param name="end">How the session ends.</param>
internal sealed class SessionFailureException(SessionEnd end) : Exception(end.Error)
{
    /// <summary>Creates the failure of a class without a finer reason.</summary>
    public SessionFailureException(string mode, string error)
        : this(SessionEnd.Failed(mode, mode, error))
    {
    }

    /// <summary>How the session ends.</summary>
    public SessionEnd End => end;
}
