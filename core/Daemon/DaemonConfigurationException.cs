using System.Collections.Immutable;

namespace Donmai.Core.Daemon;

/// <summary><c>daemon.yaml</c> cannot be used; fatal to a start (daemon-runtime.md §2.4).</summary>
public sealed class DaemonConfigurationException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="violations">Everything that is wrong with it.</param>
    public DaemonConfigurationException(string path, ImmutableArray<ConfigurationViolation> violations)
        : base($"{path}: {string.Join("; ", violations)}")
    {
        Path = path;
        Violations = violations;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Everything that is wrong, in the order of the keys' lines.</summary>
    public ImmutableArray<ConfigurationViolation> Violations { get; }
}
