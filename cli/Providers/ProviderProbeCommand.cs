using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Providers;

namespace Donmai.Cli.Providers;

/// <summary><c>donmai provider probe</c>.</summary>
internal static class ProviderProbeCommand
{
    private const string Notes =
        """
        Examples:
          donmai provider probe                 every agent and what it needs, looked at now
          donmai provider probe claude          one of them; ends with 1 when sessions cannot be given to it

        The daemon asks each program for its version, and each server whether it is there, with its own PATH and environment. Nothing of any session is
        sent to them.
        """;

    internal static readonly Argument<string?> Id = new("id")
    {
        Description = "One provider, as 'provider list' names it; all when absent.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create() =>
        new NotedCommand("probe", "Look now whether providers can be used: what is where, and what to do about what is not.", Notes) { Id, VerbOptions.Json }.Asks(Probe);

    private static async Task<int> Probe(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var id = parsed.GetValue(Id);
        var list = id is null
            ? await client.Providers(refresh: true, cancellationToken: cancellationToken)
            : new ProviderList { Providers = [await client.Probe(id, cancellationToken)] };
        if (parsed.GetValue(VerbOptions.Json))
            await (id is null ? JsonOutput.Write(parsed.InvocationConfiguration.Output, list) : JsonOutput.Write(parsed.InvocationConfiguration.Output, list.Providers[0]));
        else
            Show(Screen.For(parsed), list);
        return id is null || ProviderStates.IsUsable(list.Providers[0].Status) ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Show(IScreen screen, ProviderList list)
    {
        var listing = new Listing("PROVIDER", "STATUS", "VERSION", "LOCATION") { WhenEmpty = "No providers." };
        foreach (var provider in list.Providers)
            listing.Add(
                (provider.Id, Tone.Name),
                (provider.Status, ProviderStates.ToneOf(provider.Status)),
                (provider.Version, Tone.Plain),
                (provider.Location ?? "", Tone.Quiet));
        screen.Write(listing);
        ProviderStates.Explain(screen, list);
    }
}
