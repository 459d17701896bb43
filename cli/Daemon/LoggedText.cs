namespace Donmai.Cli.Daemon;

/// <summary>A line of the log that is no JSON, for programs.</summary>
internal sealed record LoggedText(DateTimeOffset? Time, string? Level, string Message);
