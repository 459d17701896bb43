using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Providers;

namespace Donmai.Cli.Providers;

/// <summary><c>donmai provider list</c>.</summary>
internal static class ProviderListCommand
{
    private const string Notes =
        """
        Examples:
          donmai provider list --family agent-runtime
          donmai provider list --refresh                after something was installed

        States: ready; degraded (used, though something about it is unknown); unhealthy (installed and does not work); inactive (not installed, or
        not switched on). Below the table stands what to do about those that are not ready.
        """;

    private static readonly Option<string?> Family = new("--family") { Description = "Only one family, e.g. agent-runtime, sandbox, workarea, vcs, kit.", HelpName = "NAME" };

    private static readonly Option<bool> Refresh = new("--refresh") { Description = "Look at the machine anew." };

    public static Command Create() =>
        new NotedCommand("list", "List providers, their versions and their states.", Notes) { Family, Refresh, VerbOptions.Json }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var list = await client.Providers(parsed.GetValue(Family), parsed.GetValue(Refresh), cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, list);
            return;
        }

        var screen = Screen.For(parsed);
        screen.Write(Listing(list));
        ProviderStates.Explain(screen, list);
    }

    /// <summary>The table of providers.</summary>
    internal static Listing Listing(ProviderList list)
    {
        var listing = new Listing("PROVIDER", "FAMILY", "STATUS", "VERSION", "SOURCE", "TRUST") { WhenEmpty = "No providers." };
        foreach (var provider in list.Providers)
        {
            listing.Add(
                (provider.Id, Tone.Name),
                (provider.Family, Tone.Plain),
                (provider.Status, ProviderStates.ToneOf(provider.Status)),
                (provider.Version, Tone.Plain),
                (provider.Source, Tone.Quiet),
                (provider.Trust, Tone.Quiet));
        }

        return listing;
    }
}
