using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Workareas;

namespace Donmai.Cli.Workareas;

/// <summary><c>donmai workarea show</c>.</summary>
internal static class WorkareaShowCommand
{
    internal static readonly Argument<string> Id = new("id") { Description = "The work area, as 'workarea list' names it." };

    private const int LinksShown = 5;

    public static Command Create() => new Command("show", "Show one work area.") { Id, VerbOptions.Json }.Asks(Show);

    /// <summary>Writes a work area for people.</summary>
    internal static void Write(IScreen screen, Workarea area)
    {
        using var manifest = area.Manifest is { } stored ? JsonDocument.Parse(stored.Text) : null;
        new Facts()
            .Add("work area", area.Id, Tone.Name)
            .Add("kind", area.Kind)
            .Add("status", area.Status)
            .Add("session", area.SessionId)
            .Add("project", area.ProjectId)
            .Add("repository", area.Repository)
            .Add("ref", area.Ref)
            .Add("tools", area.Toolchain is { } tools ? string.Join(", ", tools.OrderBy(static tool => tool.Key, StringComparer.Ordinal).Select(static tool => $"{tool.Key} {tool.Value}")) : null)
            .Add("since", area.AcquiredAt?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))
            .Add("ended as", Text(manifest, "disposition"))
            .Add("archived at", Text(manifest, "createdAt"))
            .Add("size", Size(manifest))
            .Add("tree", area.Path)
            .Add("made", area.AcquirePath)
            .Add("checksum", area.CleanStateChecksum)
            .Add("archive", area.ArchiveLocation)
            .Add("leads out", Links(area.EscapingLinks), Tone.Warning)
            .WriteTo(screen);
    }

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var area = await client.Workarea(parsed.GetRequiredValue(Id), cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, area);
        else
            Write(Screen.For(parsed), area);
    }

    private static string? Links(List<string>? links) => links switch
    {
        null or [] => null,
        { Count: <= LinksShown } => string.Join(", ", links),
        _ => $"{string.Join(", ", links.Take(LinksShown))} and {links.Count - LinksShown} more links",
    };

    private static string? Text(JsonDocument? manifest, string key) => Value(manifest, key) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static string? Size(JsonDocument? manifest) =>
        Value(manifest, "sizeBytes") is { ValueKind: JsonValueKind.Number } size && size.TryGetInt64(out var bytes) ? Amounts.Bytes(bytes) : null;

    private static JsonElement? Value(JsonDocument? manifest, string key) =>
        manifest?.RootElement is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(key, out var value) ? value : null;
}
