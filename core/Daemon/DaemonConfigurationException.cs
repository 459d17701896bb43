using System.Collections.Immutable;

namespace Donmai.Core.Daemon;

/// <summary><c>daemon.yaml</c> cannot be used; fatal to a start (daemon-runtime.md §2.4).</summary>
public sealed class DaemonConfigurationException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="violations">Everything that is wrong with it, each naming its key.</param>
    public DaemonConfigurationException(string path, ImmutableArray<string> violations)
        : base($"{path}: {string.Join("; ", violations)}")
    {
        Violations = violations;
    }

    /// <summary>Everything that is wrong, each naming its key, e.g. <c>projects[2].id is required</c>.</summary>
    public ImmutableArray<string> Violations { get; }
}
