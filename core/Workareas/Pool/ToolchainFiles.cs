using System.Text.Json;
using System.Text.RegularExpressions;
using Donmai.Core.Git;

namespace Donmai.Core.Workareas.Pool;

/// <summary>Tools and versions that a repository declares at its top.</summary>
public static partial class ToolchainFiles
{
    private const string ToolVersions = ".tool-versions";
    private const long Longest = 64 * 1024;

    private static readonly (string File, string Tool, Func<string, string?> Version)[] Known =
    [
        ("go.mod", "go", static text => Captured(GoDirective(), text)),
        (".nvmrc", "node", FirstLine),
        (".node-version", "node", FirstLine),
        (".python-version", "python", FirstLine),
        (".ruby-version", "ruby", FirstLine),
        (".java-version", "java", FirstLine),
        ("rust-toolchain", "rust", static text => Captured(RustChannel(), text) ?? FirstLine(text)),
        ("rust-toolchain.toml", "rust", static text => Captured(RustChannel(), text)),
        ("global.json", "dotnet", SdkVersion),
    ];

    /// <summary>Names of the files that are looked at.</summary>
    internal static IReadOnlySet<string> Names { get; } = Known.Select(static known => known.File).Append(ToolVersions).ToHashSet(StringComparer.Ordinal);

    /// <summary>The same for the same tools: <c>go-1.23+node-20</c>; empty when none are declared.</summary>
    public static string Key(IReadOnlyDictionary<string, string> toolchain) =>
        string.Join('+', toolchain.OrderBy(static tool => tool.Key, StringComparer.Ordinal).Select(static tool => $"{tool.Key}-{tool.Value}"));

    /// <summary>Reads what a commit declares; what cannot be understood is left out.</summary>
    /// <exception cref="GitFailureException">git could not be started.</exception>
    internal static async Task<Dictionary<string, string>> Read(GitProgram git, string repository, string commit, CancellationToken cancellationToken)
    {
        var toolchain = new Dictionary<string, string>(StringComparer.Ordinal);
        var listed = await git.Must(repository, ["ls-tree", "-z", "-l", "--full-tree", commit], cancellationToken);
        foreach (var entry in listed.Split('\0', StringSplitOptions.RemoveEmptyEntries))
            if (entry.Split('\t', 2) is [var facts, var name] && Names.Contains(name) && IsSmallFile(facts))
                Add(toolchain, name, await git.Must(repository, ["cat-file", "blob", $"{commit}:{name}"], cancellationToken));
        return toolchain;
    }

    /// <summary>Adds what one file declares; the first word about a tool counts.</summary>
    internal static void Add(Dictionary<string, string> toolchain, string name, string text)
    {
        if (name == ToolVersions)
        {
            foreach (var line in text.Split('\n'))
                if (line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var tool, var version, ..])
                    Put(toolchain, tool is "nodejs" ? "node" : tool is "golang" ? "go" : tool, version);
            return;
        }

        foreach (var known in Known)
            if (known.File == name && known.Version(text) is { } version)
                Put(toolchain, known.Tool, version.StartsWith('v') ? version[1..] : version);
    }

    private static void Put(Dictionary<string, string> toolchain, string tool, string version)
    {
        if (ToolName().IsMatch(tool) && VersionText().IsMatch(version))
            toolchain.TryAdd(tool, version);
    }

    // "<mode> blob <object> <size>"; a link's mode begins with 12.
    private static bool IsSmallFile(string facts) =>
        facts.StartsWith("100", StringComparison.Ordinal) && facts.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, "blob", _, var size]
        && long.TryParse(size, out var bytes) && bytes <= Longest;

    private static string? FirstLine(string text) => text.Split('\n')[0].Trim() is { Length: > 0 } line ? line : null;

    private static string? Captured(Regex pattern, string text) => pattern.Match(text) is { Success: true } match ? match.Groups["version"].Value : null;

    private static string? SdkVersion(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return json.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("sdk", out var sdk)
                && sdk.ValueKind == JsonValueKind.Object && sdk.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.String
                ? version.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^go[ \t]+(?<version>\S+)", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GoDirective();

    [GeneratedRegex(@"^\s*channel\s*=\s*[""'](?<version>[^""']+)[""']", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RustChannel();

    [GeneratedRegex(@"\A[a-z][a-z0-9_-]{0,31}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ToolName();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,31}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex VersionText();
}
