namespace Donmai.Cli.Daemon;

/// <summary>A unit file that is only shown.</summary>
/// <param name="Path">Where it would be.</param>
/// <param name="Text">What it would say.</param>
internal sealed record ServiceText(string Path, string Text);
