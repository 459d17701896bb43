using System.Collections;
using System.CommandLine;
using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Setup;
using Donmai.Core.Git;

namespace Donmai.Cli.Daemon;

/// <summary>The wizard on this terminal, and what it may ask (daemon-runtime.md §4.1, §4.2).</summary>
internal static class SetupConversation
{
    /// <summary>Leaves the questions out.</summary>
    public static readonly Option<bool> SkipWizard = new("--skip-wizard") { Description = "Ask nothing, also on a terminal." };

    private static readonly TimeSpan GitLimit = TimeSpan.FromSeconds(2);

    private static bool HasTerminal => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>
    /// Whether a file that was named and is not there may be made: somebody will be asked, or said that nothing is to be asked. Else the name is
    /// more likely to be wrong.
    /// </summary>
    /// <param name="skip">Whether nothing is to be asked.</param>
    public static bool MayCreate(bool skip) => skip || HasTerminal;

    /// <summary>Asks, unless it may not, and writes the file.</summary>
    /// <returns>Whether anything was asked.</returns>
    /// <exception cref="CommandFailureException">Somebody cancelled it; nothing was written.</exception>
    public static async Task<bool> Hold(StateDirectory state, ConfigurationFile file, bool skip, CancellationToken cancellationToken)
    {
        var variables = DaemonVariables.OfThisProcess();
        var skipping = new SetupSkip(skip, StatedTerminal: null, variables.Own("DAEMON_SKIP_WIZARD"), HasTerminal);
        if (skipping.Applies)
        {
            if (file.IsNew)
                await file.Change([], cancellationToken);
            return false;
        }

        try
        {
            var wizard = new SetupWizard(new SetupPrompts(Console.In, Console.Out), await Facts(state, variables, cancellationToken), file.IsNew ? null : file.InForce.Current);
            await file.Change(wizard.Run(), cancellationToken);
            return true;
        }
        catch (SetupCancelledException cancelled)
        {
            throw new CommandFailureException(cancelled.Message);
        }
    }

    private static async Task<SetupFacts> Facts(StateDirectory state, DaemonVariables variables, CancellationToken cancellationToken)
    {
        var host = HostFacts.OfThisMachine();
        return new SetupFacts
        {
            MachineId = MachineIdentity.Read(state)?.Id ?? MachineId.FromHostname(host.Hostname),
            Processors = host.Processors,
            MemoryMb = (int)Math.Min(host.MemoryMb, int.MaxValue),
            QueueDirectory = state.Queue,
            HasEnvironmentToken = variables.Own("DAEMON_TOKEN") is not null,
            Remote = await Remote(cancellationToken),
        };
    }

    /// <summary>Where the repository of the current directory comes from, if there is one.</summary>
    private static async Task<string?> Remote(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(GitLimit);
        try
        {
            var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .ToDictionary(static pair => (string)pair.Key, static pair => (string)pair.Value!, StringComparer.Ordinal);
            var origin = await GitProgram.Find(environment, TimeProvider.System).Run(Environment.CurrentDirectory, ["remote", "get-url", "origin"], limit.Token);
            return origin.Succeeded ? origin.Output.Trim() : null;
        }
        catch (GitFailureException)
        {
            return null; // no git, nothing to offer
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
