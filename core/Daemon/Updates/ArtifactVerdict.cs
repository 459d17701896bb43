namespace Donmai.Core.Daemon.Updates;

/// <summary>What a verifier says of a release.</summary>
/// <param name="IsValid">Whether it may be installed.</param>
/// <param name="Reason">Why, or why not.</param>
public sealed record ArtifactVerdict(bool IsValid, string Reason);
