using Donmai.Core.Daemon;

namespace Donmai.Silo.Daemon;

/// <summary>Makes the state directory ready for use.</summary>
internal static class StateDirectoryExtensions
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Creates what is not there, readable by its owner only.</summary>
    /// <exception cref="DaemonStartException">It cannot be created or written to.</exception>
    public static void Prepare(this StateDirectory state)
    {
        foreach (var directory in (ReadOnlySpan<string>)[state.Root, state.Worktrees, state.Records])
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(directory);
            else
                Directory.CreateDirectory(directory, OwnerOnly);
        }
    }
}
