using Donmai.Core.Daemon;
using Donmai.Silo.Storage;

namespace Donmai.Silo.Daemon;

/// <summary>Says in one sentence why a daemon could not start, where the reason lies outside of the product.</summary>
internal static class StartFailure
{
    /// <summary>The sentence; <see langword="null"/> for a <see cref="DaemonStartException"/>, which says it itself, and for a defect.</summary>
    public static string? Explain(Exception failure, StateDirectory state) => failure switch
    {
        DaemonStartException => null,
        JournalInUseException or JournalDamagedException or JournalVersionException or JournalWriteException => failure.Message,
        UnauthorizedAccessException or IOException =>
            $"The state directory {state.Root} cannot be used: {failure.Message.TrimEnd('.')}. Make room or allow writing there, or set DONMAI_STATE_HOME to another directory.",
        _ => null,
    };
}
