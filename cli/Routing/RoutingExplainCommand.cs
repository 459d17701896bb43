using System.CommandLine;
using System.Globalization;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Routing;

namespace Donmai.Cli.Routing;

/// <summary><c>donmai routing explain</c>: the decision about one session and the steps that led to it.</summary>
internal static class RoutingExplainCommand
{
    internal static readonly Argument<string> SessionId = new("session-id") { Description = "The session." };

    public static Command Create() =>
        new Command("explain", "Show why a session ran where it ran.") { SessionId, VerbOptions.Json }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var explanation = await client.Explain(parsed.GetRequiredValue(SessionId), cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, explanation);
            return;
        }

        var screen = Screen.For(parsed);
        var decision = explanation.Decision;
        new Facts()
            .Add("session", explanation.SessionId, Tone.Name)
            .Add("provider", decision.ChosenLlm.Length == 0 ? "none survived" : decision.ChosenLlm, decision.ChosenLlm.Length == 0 ? Tone.Bad : Tone.Good)
            .Add("runs in", decision.ChosenSandbox)
            .Add("score", decision.Score.ToString("0.###", CultureInfo.InvariantCulture))
            .Add("decided", decision.DecidedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))
            .WriteTo(screen);
        screen.Write(Line.Empty);
        screen.Write(Listing(explanation));
    }

    /// <summary>The steps, with what each removed.</summary>
    internal static Listing Listing(RoutingExplanation explanation)
    {
        var listing = new Listing("STEP", "FILTER", "OF", "LEFT", "REMOVED") { WhenEmpty = "No steps were recorded." };
        foreach (var step in explanation.Trace)
        {
            var removed = step.Eliminated?.Select(static gone => $"{gone.ProviderId} ({gone.Detail ?? gone.Reason})") ?? [];
            listing.Add(
                (step.Step.ToString(CultureInfo.InvariantCulture), Tone.Quiet),
                (step.Phase, Tone.Plain),
                (step.Dimension, Tone.Plain),
                (string.Join(", ", step.Remaining), Tone.Good),
                (string.Join(", ", removed.Append(step.Note ?? "").Where(static text => text.Length > 0)), Tone.Quiet));
        }

        return listing;
    }
}
