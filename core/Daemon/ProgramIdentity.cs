namespace Donmai.Core.Daemon;

/// <summary>What runs: shown by <c>--version</c>, the start-up line and the status.</summary>
/// <param name="Version">Version of the program.</param>
/// <param name="Engine">Engine of the grains, with its version.</param>
public sealed record ProgramIdentity(string Version, string Engine);
