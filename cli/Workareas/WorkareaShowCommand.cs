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

    // Keys that are shown under words of their own, or are the work area's anyway (workareas.md §2.1).
    private static readonly string[] Told =
        ["id", "sessionId", "projectId", "providerId", "sourceProvider", "disposition", "createdAt", "sizeBytes", "repository", "ref", "capabilities", "toolchain"];

    public static Command Create() => new Command("show", "Show one work area.") { Id, VerbOptions.Json }.Asks(Show);

    /// <summary>Writes a work area for people.</summary>
    internal static void Write(IScreen screen, Workarea area, DateTimeOffset now)
    {
        using var stored = area.Manifest is { } text ? JsonDocument.Parse(text.Text) : null;
        JsonElement? manifest = stored?.RootElement is { ValueKind: JsonValueKind.Object } known ? known : null;
        var facts = new Facts()
            .Add("work area", area.Id, Tone.Name)
            .Add("kind", area.Kind)
            .Add("status", area.Status == area.Kind ? null : area.Status)
            .Add("session", area.SessionId)
            .Add("project", area.ProjectId)
            .Add("repository", area.Repository)
            .Add("ref", area.Ref)
            .Add("tools", area.Toolchain is { } tools ? string.Join(", ", tools.OrderBy(static tool => tool.Key, StringComparer.Ordinal).Select(static tool => $"{tool.Key} {tool.Value}")) : null)
            .Add("made", Made(area.AcquirePath))
            .Add("mode", area.Mode)
            .Add("since", Moment(area.AcquiredAt, now))
            .Add("ended as", Value(manifest, "disposition"))
            .Add("archived", DateTimeOffset.TryParse(Value(manifest, "createdAt"), CultureInfo.InvariantCulture, out var created) ? Moment(created, now) : null)
            .Add("size", long.TryParse(Value(manifest, "sizeBytes"), CultureInfo.InvariantCulture, out var bytes) ? Amounts.Bytes(bytes) : null)
            .Add("tree", area.Path)
            .Add("archive", area.ArchiveLocation)
            .Add("checksum", area.CleanStateChecksum)
            .Add("leads out", Links(area.EscapingLinks), Tone.Warning)
            .Add("capabilities", Value(manifest, "capabilities"))
            .Add("source", Value(manifest, "sourceProvider"));
        foreach (var other in manifest?.EnumerateObject().Where(static other => !Told.Contains(other.Name)) ?? [])
            facts.Add(TerminalText.OneLine(other.Name), Text(other.Value));
        facts.WriteTo(screen);
    }

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var area = await client.Workarea(parsed.GetRequiredValue(Id), cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, area);
        else
            Write(Screen.For(parsed), area, TimeProvider.System.GetUtcNow());
    }

    private static string? Made(string? acquirePath) => acquirePath switch
    {
        AcquirePath.PoolWarm => $"from a member of the pool ({acquirePath})",
        AcquirePath.PoolFresh => $"cloned, and a member of the pool is made for those that follow ({acquirePath})",
        AcquirePath.Cold => $"cloned ({acquirePath})",
        _ => acquirePath,
    };

    private static string? Moment(DateTimeOffset? moment, DateTimeOffset now) => moment is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{known.ToLocalTime():yyyy-MM-dd HH:mm:ss}, {Amounts.Age(now - known)} ago")
        : null;

    private static string? Links(List<string>? links) => links switch
    {
        null or [] => null,
        { Count: <= LinksShown } => string.Join(", ", links),
        _ => $"{string.Join(", ", links.Take(LinksShown))} and {links.Count - LinksShown} more links",
    };

    private static string? Value(JsonElement? manifest, string key) => manifest?.TryGetProperty(key, out var value) is true ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array when value.EnumerateArray().All(static one => one.ValueKind == JsonValueKind.String) =>
            string.Join(", ", value.EnumerateArray().Select(static one => one.GetString())),
        _ => value.GetRawText(),
    };
}
