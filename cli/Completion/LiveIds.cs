using System.CommandLine;
using Donmai.Cli.Daemon;
using Donmai.Cli.Platform;
using Donmai.Cli.Providers;
using Donmai.Cli.Routing;
using Donmai.Cli.Sessions;
using Donmai.Cli.Workareas;
using Donmai.Client;

namespace Donmai.Cli.Completion;

/// <summary>Ids that a running daemon knows, for verbs about one of them. Nothing without a daemon, or when it takes too long.</summary>
internal static class LiveIds
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The ids that may be the argument of a verb.</summary>
    public static async Task<IReadOnlyList<string>> For(Command verb, CancellationToken cancellationToken)
    {
        if (Question(verb) is not { } ask)
            return [];
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(Patience);
        try
        {
            var isNamed = RunningDaemon.IsNamed(url: null);
            var address = isNamed ? null : await RunningDaemon.Find(static _ => true, enough.Token);
            if (!isNamed && address is null)
                return [];
            using var client = new DonmaiClient(new DonmaiClientOptions { Address = address, RequestTimeout = Patience });
            return await ask(client, enough.Token);
        }
        catch (Exception nothing) when (nothing is DonmaiClientException or OperationCanceledException)
        {
            return [];
        }
    }

    private static Func<DonmaiClient, CancellationToken, Task<IReadOnlyList<string>>>? Question(Command verb)
    {
        if (verb.Arguments.Contains(SessionCommand.Id) || verb.Arguments.Contains(RoutingExplainCommand.SessionId))
            return static async (client, token) => [.. (await client.Sessions(all: true, token)).Select(static session => session.SessionId)];
        if (verb.Arguments.Contains(WorkareaShowCommand.Id) || verb.Arguments.Contains(WorkareaRemoveCommand.Ids))
            return static async (client, token) =>
            {
                var workareas = await client.Workareas(token);
                return [.. workareas.Active.Concat(workareas.Archived).Select(static workarea => workarea.Id)];
            };
        if (verb.Arguments.Contains(WorkareaDiffCommand.Older) || verb.Arguments.Contains(WorkareaRestoreCommand.Archive))
            return static async (client, token) => [.. (await client.Workareas(token)).Archived.Select(static archive => archive.Id)];
        if (verb.Arguments.Contains(ProviderShowCommand.Id) || verb.Arguments.Contains(ProviderProbeCommand.Id))
            return static async (client, token) =>
                [.. (await client.Providers(family: null, refresh: false, token)).Providers.Select(static provider => provider.Id)];
        if (verb.Arguments.Contains(OutboxRetryCommand.Id) || verb.Arguments.Contains(OutboxDiscardCommand.Id))
            return static async (client, token) => [.. (await client.Outbox(token)).Items.Select(static row => row.Id)];
        return null;
    }
}
