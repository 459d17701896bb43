namespace Donmai.Core.Daemon.Updates;

/// <summary>What is to be installed.</summary>
/// <param name="Version">The version, verbatim.</param>
/// <param name="Sha256">What the manifest says of the file.</param>
/// <param name="Address">Where the file is.</param>
internal sealed record ReleasePlan(string Version, string Sha256, Uri Address);
