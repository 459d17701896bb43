using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;

namespace Donmai.Cli.Workareas;

/// <summary><c>donmai workarea show</c>.</summary>
internal static class WorkareaShowCommand
{
    internal static readonly Argument<string> Id = new("id") { Description = "The work area, as 'workarea list' names it." };

    public static Command Create() => new Command("show", "Show one work area.") { Id, VerbOptions.Json }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var area = await client.Workarea(parsed.GetRequiredValue(Id), cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, area);
            return;
        }

        new Facts()
            .Add("work area", area.Id, Tone.Name)
            .Add("kind", area.Kind)
            .Add("status", area.Status)
            .Add("session", area.SessionId)
            .Add("project", area.ProjectId)
            .Add("repository", area.Repository)
            .Add("ref", area.Ref)
            .Add("tree", area.Path)
            .Add("archive", area.ArchiveLocation)
            .WriteTo(Screen.For(parsed));
    }
}
