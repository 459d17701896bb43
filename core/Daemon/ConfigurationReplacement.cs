namespace Donmai.Core.Daemon;

/// <summary>Another configuration has come into force (daemon-runtime.md §2.8).</summary>
/// <param name="Former">What was in force until now.</param>
/// <param name="Current">What is in force from now on.</param>
public sealed record ConfigurationReplacement(DaemonConfiguration Former, DaemonConfiguration Current);
