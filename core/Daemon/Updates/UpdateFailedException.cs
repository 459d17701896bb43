namespace Donmai.Core.Daemon.Updates;

/// <summary>A step of an update failed; nothing was changed.</summary>
internal sealed class UpdateFailedException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="step">One of <see cref="UpdateReason"/>.</param>
    /// <param name="words">What went wrong.</param>
    /// <param name="cause">What caused it.</param>
    public UpdateFailedException(string step, string words, Exception? cause = null)
        : base($"{step}: {words}", cause)
    {
    }
}
