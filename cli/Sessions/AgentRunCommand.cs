using System.CommandLine;
using System.CommandLine.Parsing;
using Donmai.Worker;

namespace Donmai.Cli.Sessions;

/// <summary><c>donmai agent run</c>: the worker of one session (worker.md §1.1).</summary>
internal static class AgentRunCommand
{
    private const string Notes =
        """
        The daemon starts this program.

        Exit codes:
          0  the session completed
          1  the session failed
          2  nothing was run; standard error says why
          5  the session was stopped
        """;

    private static readonly Option<string?> SessionId = new("--session-id") { Description = "The session; otherwise DONMAI_SESSION_ID.", HelpName = "ID" };

    private static readonly Option<string?> DaemonUrl = new("--daemon-url") { Description = "Control API; otherwise DONMAI_DAEMON_URL, then http://127.0.0.1:7734.", HelpName = "URL" };

    private static readonly Option<string?> WorktreeDirectory = new("--worktree-dir") { Description = "Parent of all work trees.", HelpName = "DIR" };

    private static readonly Option<string?> RecordDirectory = new("--record-dir") { Description = "Parent of all record directories.", HelpName = "DIR" };

    private static readonly Option<string?> DetailFile = new("--detail-file") { Description = "Read the work order from this file instead of the daemon.", HelpName = "FILE" };

    private static readonly Option<WorktreeRetention?> KeepWorktree = new("--keep-worktree")
    {
        Description = "When the tree outlives the session: always, on-failure (default) or never.",
        HelpName = "WHEN",
        CustomParser = ParseRetention,
    };

    private static readonly Option<bool> PreserveWorktree = new("--preserve-worktree")
    {
        Description = "Former spelling: true is on-failure, false is never.",
        DefaultValueFactory = static _ => true,
    };

    private static readonly Option<bool> PrintResult = new("--json") { Description = "Print the result as one line.", DefaultValueFactory = static _ => true };

    private static readonly Argument<string[]> Ignored = new("ignored") { Hidden = true, Arity = ArgumentArity.ZeroOrMore };

    public static Command Create() =>
        new NotedCommand("run", "Run one session: fetch its work order, prepare its tree, run the agent.", Notes)
        {
            SessionId, DaemonUrl, WorktreeDirectory, RecordDirectory, DetailFile, KeepWorktree, PreserveWorktree, PrintResult, Ignored,
        }.Does(Run);

    private static Task<int> Run(ParseResult parsed, CancellationToken cancellationToken) => QuickAgentRun.Run(Options(parsed), cancellationToken);

    /// <summary>The command line as the worker takes it.</summary>
    internal static WorkerOptions Options(ParseResult parsed) => new()
    {
        SessionId = parsed.GetValue(SessionId),
        DaemonUrl = parsed.GetValue(DaemonUrl),
        WorktreeDirectory = parsed.GetValue(WorktreeDirectory),
        RecordDirectory = parsed.GetValue(RecordDirectory),
        DetailFile = parsed.GetValue(DetailFile),
        KeepWorktree = parsed.GetValue(KeepWorktree)
            ?? (parsed.GetValue(PreserveWorktree) ? WorktreeRetention.OnFailure : WorktreeRetention.Never),
        PrintResult = parsed.GetValue(PrintResult),
    };

    private static WorktreeRetention? ParseRetention(ArgumentResult argument)
    {
        switch (argument.Tokens[0].Value)
        {
            case "always": return WorktreeRetention.Always;
            case "on-failure": return WorktreeRetention.OnFailure;
            case "never": return WorktreeRetention.Never;
            case var other:
                argument.AddError($"'{other}' is not a time to keep a tree; write always, on-failure or never.");
                return null;
        }
    }
}
