using System.CommandLine;

namespace Donmai.Cli.Completion;

/// <summary><c>donmai completion</c>: scripts that let a shell complete the command line.</summary>
internal static class CompletionCommand
{
    private const string Notes =
        """
        bash  add to ~/.bashrc:                       source <(donmai completion bash)
        zsh   add to ~/.zshrc, after compinit:        source <(donmai completion zsh)
        fish  write to ~/.config/fish/completions/donmai.fish, once:
                                                      donmai completion fish > ~/.config/fish/completions/donmai.fish

        Completes verbs, options, values that are one of a few words, keys of daemon.yaml, and the ids of sessions, work areas and
        providers of a daemon that runs.
        """;

    public static Command Create() => new NotedCommand("completion", "Print the script that lets a shell complete donmai's command line.", Notes)
    {
        Shell("bash", CompletionScript.Bash),
        Shell("zsh", CompletionScript.Zsh),
        Shell("fish", CompletionScript.Fish),
    };

    private static Command Shell(string name, string script) =>
        new Command(name, $"The script for {name}.").Does(async (parsed, _) =>
        {
            await parsed.InvocationConfiguration.Output.WriteAsync(script);
            return ExitCode.Done;
        });
}
