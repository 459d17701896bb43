using System.CommandLine;
using System.Security.Cryptography;
using Donmai.Cli.Daemon;
using Donmai.Cli.Rendering;
using Donmai.Core.Git;

namespace Donmai.Cli.Sessions;

/// <summary><c>donmai run</c>: one agent session from the prompt to its result.</summary>
internal static class RunCommand
{
    private const string Notes =
        """
        Uses the daemon that runs; without one it hosts a daemon for the time of the command.
        A daemon that runs accepts the repositories of its allowlist ('projects' in daemon.yaml), a hosted one accepts any.
        Ctrl-C stops the session, twice at once.

        Examples:
          donmai run --prompt "Fix the rounding of invoices"
          donmai run --repo github.com/acme/shop --model sonnet --prompt-file -
          donmai run --repo . --provider stub --prompt "say hello"    to try it

        Exit codes:
          0  the session completed
          1  the session failed
          2  nothing could be started; standard error says why
          5  the session was stopped
        """;

    private static readonly Option<string> Repo = new("--repo", "-r")
    {
        Description = "Directory, URL, host/owner/name, or id of an allowed project.",
        HelpName = "PATH|URL",
        DefaultValueFactory = static _ => ".",
    };

    private static readonly Option<string?> Prompt = new("--prompt", "-p") { Description = "What the agent is to do.", HelpName = "TEXT" };

    private static readonly Option<string?> PromptFile = new("--prompt-file")
    {
        Description = "File with the prompt; - reads standard input.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Provider = new("--provider") { Description = "Agent, e.g. claude or stub; otherwise routing chooses.", HelpName = "NAME" };

    private static readonly Option<string?> Model = new("--model") { Description = "Model the agent is to use.", HelpName = "NAME" };

    private static readonly Option<string?> Effort = new("--effort") { Description = "How hard the model is to think, e.g. low, medium, high.", HelpName = "LEVEL" };

    private static readonly Option<string?> Ref = new("--ref") { Description = "Branch, tag or commit to start from; otherwise the default branch.", HelpName = "REF" };

    private static readonly Option<string?> Branch = new("--branch", "-b") { Description = "Branch to work on; otherwise one named after the session.", HelpName = "NAME" };

    private static readonly Option<TimeSpan?> MaxDuration = DurationOption.Create("--max-duration", "Longest life of the session, e.g. 90s, 30m, 2h.");

    public static Command Create() =>
        new NotedCommand("run", "Run an agent on a repository, show what it does, and keep the tree it leaves.", Notes)
        {
            Repo, Prompt, PromptFile, Provider, Model, Effort, Ref, Branch, MaxDuration, VerbOptions.DaemonUrl, VerbOptions.StateDir, VerbOptions.Json,
        }.Does(Run);

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var output = parsed.InvocationConfiguration.Output;
        var request = await Request(parsed, cancellationToken);
        var spec = RunSpec.Of(request, NewSessionId());
        var screen = parsed.GetValue(VerbOptions.Json) ? new NoScreen() : Screen.For(parsed);
        if (request.Repository.HasUncommittedChanges)
            screen.Write(Line.Of(("uncommitted changes in this tree are not part of the session's clone", Tone.Warning)));

        using var interrupts = new Interrupts();
        await using var daemon = await Verb.Starting(() => RunDaemon.For(RunningDaemon.NamedBy(parsed), request, cancellationToken));
        var run = new RunSession(daemon.Client, screen, interrupts, TimeProvider.System);
        await Verb.Starting(() => run.Submit(spec, cancellationToken));
        var ended = await run.Watch(spec.SessionId, cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(output, ended);
        else
            RunSummary.WriteTo(screen, ended, request.Repository.LocalPath);
        await daemon.UntilUnused(screen, interrupts.Next, cancellationToken);
        return SessionStates.ExitCodeOf(ended);
    }

    private static async Task<RunRequest> Request(ParseResult parsed, CancellationToken cancellationToken)
    {
        var git = GitProgram.Find(UserEnvironment(), TimeProvider.System);
        var prompt = await PromptSource.Read(parsed.GetValue(Prompt), parsed.GetValue(PromptFile), Console.In, cancellationToken);
        return new RunRequest
        {
            Repository = await new RepositoryResolution(git)
                .Resolve(parsed.GetRequiredValue(Repo), parsed.GetValue(Ref), Environment.CurrentDirectory, cancellationToken),
            Prompt = prompt,
            Branch = parsed.GetValue(Branch),
            Provider = parsed.GetValue(Provider),
            Model = parsed.GetValue(Model),
            Effort = parsed.GetValue(Effort),
            MaxDuration = parsed.GetValue(MaxDuration),
        };
    }

    private static Dictionary<string, string> UserEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(static pair => (string)pair.Key, static pair => (string)pair.Value!, StringComparer.Ordinal);

    private static string NewSessionId() => "run-" + RandomNumberGenerator.GetHexString(10, lowercase: true);
}
