using System.CommandLine;
using System.Globalization;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Routing;
using Donmai.Sessions;

namespace Donmai.Cli.Routing;

/// <summary><c>donmai routing simulate</c>: how often each provider would get such a session.</summary>
internal static class RoutingSimulateCommand
{
    private const int BarWidth = 20;
    private const int Eighths = 8;

    private const string Notes =
        """
        The daemon draws the decisions from what it has learnt, or from what is supposed,
        and records none of them. The same seed gives the same draws.

        Examples:
          donmai routing simulate
          donmai routing simulate --project acme-api --vcpu 2 --draws 50000
          donmai routing simulate --suppose codex:alpha=20,beta=2,cents=12,seconds=90
        """;

    private static readonly Option<string?> Project = new("--project") { Description = "Id of the project the session would belong to.", HelpName = "ID" };

    private static readonly Option<string?> Provider = new("--provider") { Description = "Provider the session would name.", HelpName = "ID" };

    private static readonly Option<string?> Model = new("--model") { Description = "Model the session would name.", HelpName = "NAME" };

    private static readonly Option<int> VCpu = new("--vcpu") { Description = "Processors the session would ask for.", HelpName = "N" };

    private static readonly Option<int> Memory = new("--memory") { Description = "MiB of memory the session would ask for.", HelpName = "MIB" };

    private static readonly Option<string[]> Tools = new("--tool") { Description = "A program the session would ask for. May be repeated.", HelpName = "NAME" };

    private static readonly Option<int> Draws = new("--draws", "-n")
    {
        Description = $"Decisions to draw, at most {RoutingSimulationRequest.MostDraws}; otherwise {RoutingSimulationRequest.DefaultDraws}.",
        HelpName = "N",
    };

    private static readonly Option<int?> Seed = new("--seed") { Description = "Seed of the draws; otherwise chance, and the answer names it.", HelpName = "N" };

    private static readonly Option<string?> Ordering = OrderingOption();

    private static readonly Option<List<SupposedExperience>> Suppose = SupposeOption.Create();

    public static Command Create() =>
        new NotedCommand("simulate", "Show how often each provider would get such a session.", Notes)
        {
            Project, Provider, Model, VCpu, Memory, Tools, Draws, Seed, Ordering, Suppose, VerbOptions.Json,
        }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var simulation = await client.SimulateRouting(Asked(parsed), cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, simulation);
            return;
        }

        var screen = Screen.For(parsed);
        screen.Write(Line.Of((string.Create(CultureInfo.InvariantCulture, $"{simulation.Draws:#,0} draws, seed {simulation.Seed}, ordering {simulation.Ordering}"), Tone.Quiet)));
        if (simulation.Refusal is { } refusal)
            screen.Write(Line.Of(("Such a session would be refused: ", Tone.Bad), (refusal, Tone.Plain)));
        screen.Write(Line.Empty);
        screen.Write(Shares(simulation.Shares));
        WriteExcluded(screen, simulation.Shares);
    }

    private static void WriteExcluded(IScreen screen, List<SimulatedShare> shares)
    {
        var excluded = new Facts();
        foreach (var share in shares.Where(static share => share.Excluded is not null))
            excluded.Add("  " + TerminalText.OneLine(share.ProviderId), share.Excluded);
        if (shares.TrueForAll(static share => share.Excluded is null))
            return;
        screen.Write(Line.Empty);
        screen.Write(Line.Of(("Not for such a session:", Tone.Warning)));
        excluded.WriteTo(screen);
    }

    private static RoutingSimulationRequest Asked(ParseResult parsed)
    {
        var (vCpu, memory, tools) = (parsed.GetValue(VCpu), parsed.GetValue(Memory), parsed.GetValue(Tools) ?? []);
        return new RoutingSimulationRequest
        {
            ProjectId = parsed.GetValue(Project) ?? "",
            PinnedProvider = parsed.GetValue(Provider),
            Model = parsed.GetValue(Model),
            Resources = vCpu == 0 && memory == 0 && tools.Length == 0 ? null : new SessionResources { VCpu = vCpu, MemoryMb = memory, Tools = tools.Length == 0 ? null : [.. tools] },
            Draws = parsed.GetValue(Draws),
            Seed = parsed.GetValue(Seed),
            Ordering = parsed.GetValue(Ordering),
            Suppose = parsed.GetValue(Suppose) ?? [],
        };
    }

    private static Listing Shares(List<SimulatedShare> shares)
    {
        var listing = new Listing("PROVIDER", "SHARE", "", "SUCCESS", "COST", "TIME") { WhenEmpty = "No provider is left for such a session." };
        foreach (var share in shares.Where(static share => share.Excluded is null))
            listing.Add(
                (share.ProviderId, Tone.Name),
                (RoutingText.Percent(share.Share), share.Count > 0 ? Tone.Strong : Tone.Quiet),
                (Bar(share.Share), Tone.Good),
                (RoutingText.Success(share.Alpha, share.Beta), Tone.Plain),
                (RoutingText.Cost(share.CostCents), Tone.Plain),
                (RoutingText.Time(share.LatencyMs), Tone.Plain));
        return listing;
    }

    /// <summary>A bar as long as the share, in eighths of a letter.</summary>
    internal static string Bar(double share)
    {
        var eighths = (int)Math.Round(share * BarWidth * Eighths);
        var rest = eighths % Eighths;
        return new string('█', eighths / Eighths) + (rest == 0 ? "" : ((char)('█' + Eighths - rest)).ToString());
    }

    private static Option<string?> OrderingOption()
    {
        var option = new Option<string?>("--ordering") { Description = "thompson or declared, in place of the configured one.", HelpName = "NAME" };
        option.CompletionSources.Add("thompson", "declared");
        return option;
    }
}
