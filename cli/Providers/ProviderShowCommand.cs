using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Providers;

namespace Donmai.Cli.Providers;

/// <summary><c>donmai provider show</c>.</summary>
internal static class ProviderShowCommand
{
    internal static readonly Argument<string> Id = new("id") { Description = "The provider, as 'provider list' names it." };

    public static Command Create() => new Command("show", "Show one provider and what it can do.") { Id, VerbOptions.Json }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var provider = await client.Provider(parsed.GetRequiredValue(Id), cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, provider);
        else
            Facts(provider).WriteTo(Screen.For(parsed));
    }

    private static Facts Facts(Provider provider) => new Facts()
        .Add("provider", provider.Id, Tone.Name)
        .Add("label", provider.Capabilities.HumanLabel)
        .Add("family", provider.Family)
        .Add("status", provider.Status, ProviderStates.ToneOf(provider.Status))
        .Add("detail", provider.Detail)
        .Add("version", provider.Version)
        .Add("location", provider.Location)
        .Add("source", provider.Source)
        .Add("scope", provider.Scope)
        .Add("trust", provider.Trust)
        .Add("signer", provider.SignerId)
        .Add("signed", provider.SignedAt)
        .Add("can", string.Join(", ", Abilities(provider.Capabilities)));

    private static IEnumerable<string> Abilities(ProviderCapabilities can)
    {
        (bool? Has, string Words)[] abilities =
        [
            (can.SupportsMessageInjection, "take follow-up messages"),
            (can.SupportsMidTurnInput, "take messages within a turn"),
            (can.SupportsSessionResume, "continue sessions"),
            (can.SupportsToolPlugins, "use MCP tools"),
            (can.EmitsSubagentEvents, "show sub-agents"),
            (can.SupportsReasoningEffort, "honour an effort"),
            (can.AcceptsAllowedToolsList, "honour allowed tools"),
            (can.CanModifyWorkspace, "change the work tree"),
        ];
        return abilities.Where(static ability => ability.Has == true).Select(static ability => ability.Words);
    }
}
