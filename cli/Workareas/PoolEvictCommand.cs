using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Workareas;

namespace Donmai.Cli.Workareas;

/// <summary><c>donmai pool evict</c>.</summary>
internal static class PoolEvictCommand
{
    private const string Notes =
        """
        Example:
          donmai pool evict --repo github.com/acme/billing --older-than 7d

        Members that a session holds are never removed.

        Exit codes:
          0  done; the answer says how many
          1  refused, failed, or no daemon answers
        """;

    private static readonly Option<string> Repo = new("--repo") { Description = "Repository whose members are removed.", HelpName = "URL", Required = true };

    private static readonly Option<TimeSpan?> OlderThan = Required(DurationOption.Create("--older-than", "Age that a member must exceed, e.g. 12h, 7d."));

    public static Command Create() =>
        new NotedCommand("evict", "Remove old members of a repository.", Notes) { Repo, OlderThan, VerbOptions.Json }.Asks(Evict);

    private static async Task Evict(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var answer = await client.Evict(
            new PoolEviction { RepoUrl = parsed.GetRequiredValue(Repo), OlderThanSeconds = (long)parsed.GetRequiredValue(OlderThan)!.Value.TotalSeconds },
            cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, answer);
        else
            Screen.For(parsed).Write(Line.Of((answer.Message.Length > 0 ? answer.Message : $"{Amounts.Of(answer.Evicted, "member")} removed", Tone.Plain)));
    }

    private static Option<TimeSpan?> Required(Option<TimeSpan?> option)
    {
        option.Required = true;
        return option;
    }
}
