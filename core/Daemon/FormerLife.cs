namespace Donmai.Core.Daemon;

/// <summary>The daemon that used the state directory before this one.</summary>
/// <param name="Exit">How it ended; <see langword="null"/> when there was none.</param>
public sealed record FormerLife(LastExit? Exit);
