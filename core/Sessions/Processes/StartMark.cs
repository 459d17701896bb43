using System.Globalization;
using Donmai.Sessions;

namespace Donmai.Core.Sessions.Processes;

/// <summary>The text by which a process is known again: the run of the system it belongs to, and its start within that run.</summary>
internal static class StartMark
{
    /// <summary>The mark of a process seen now.</summary>
    internal static string Of(string bootId, ProcessSight sight) => string.Create(CultureInfo.InvariantCulture, $"{bootId}:{sight.Start}");

    /// <summary>Whether the process seen now is the one that was recorded.</summary>
    internal static bool Is(ProcessIdentity recorded, string bootId, ProcessSight seen) =>
        recorded.Pid == seen.Pid && string.Equals(recorded.StartMark, Of(bootId, seen), StringComparison.Ordinal);
}
