namespace Donmai.Core.Daemon;

/// <summary>Where a configuration comes from.</summary>
/// <param name="Reader">Reads the file.</param>
/// <param name="Generate">The text of a file for a machine that has none (<see cref="GeneratedConfiguration"/>).</param>
public sealed record ConfigurationSource(DaemonConfigurationReader Reader, Func<string> Generate);
