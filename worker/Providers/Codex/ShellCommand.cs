namespace Donmai.Worker.Providers.Codex;

/// <summary>One simple command of a line of shell.</summary>
/// <param name="Words">Its words without quotes, redirections and what only stands before it (assignments, <c>env</c>, <c>command</c>, …).</param>
/// <param name="ReadsFrom">Name of the program whose output it reads through a pipe; empty when there is none.</param>
internal sealed record ShellCommand(IReadOnlyList<string> Words, string ReadsFrom)
{
    /// <summary>Name of its program, without its directory; empty when it has none.</summary>
    public string Program => Words.Count > 0 ? Words[0][(Words[0].LastIndexOf('/') + 1)..] : "";
}
