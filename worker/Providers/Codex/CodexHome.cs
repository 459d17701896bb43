using Donmai.Worker.Sessions;

namespace Donmai.Worker.Providers.Codex;

/// <summary>
/// A home of its own for the codex of one session (worker.md §4.3.6 rule 7): the user's login is borrowed by a link, the configuration is a copy, and
/// conversations are kept where the machine's next session can go on with them. Nothing is ever written to the user's own home.
/// </summary>
internal static class CodexHome
{
    /// <summary>Variable by which codex knows its home.</summary>
    public const string Variable = "CODEX_HOME";

    private const string Conversations = "sessions";
    private const string Configuration = "config.toml";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly EnumerationOptions OwnFiles = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
    private static readonly string[] Logins = ["auth.json", ".credentials.json"];

    /// <summary>Makes it and names it in the environment; one that is there already is used again.</summary>
    /// <param name="request">What to start.</param>
    /// <param name="memory">Directory of this machine's adapters, in which conversations are kept.</param>
    /// <returns>The agent's environment.</returns>
    /// <exception cref="AgentStartException">The disk refused.</exception>
    public static IReadOnlyDictionary<string, string> Isolate(AgentRequest request, string memory)
    {
        var home = Path.Combine(request.Host.PrivateDirectory, "codex");
        try
        {
            PrivateDirectory.Make(home);
            var kept = Path.Combine(memory, "codex-sessions");
            PrivateDirectory.Make(kept);
            Forget(kept, request.Host.Clock.GetUtcNow() - Kept);
            Link(Path.Combine(home, Conversations), kept);
            Borrow(UserHome(request.Environment), home);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new AgentStartException($"the home of codex '{home}' could not be made: {refused.Message}");
        }

        return new SortedDictionary<string, string>(request.Environment.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal) { [Variable] = home };
    }

    private static string? UserHome(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault(Variable) is { Length: > 0 } named ? named
        : environment.GetValueOrDefault("HOME") is { Length: > 0 } home ? Path.Combine(home, ".codex")
        : null;

    private static void Borrow(string? from, string home)
    {
        if (from is null || !Path.IsPathFullyQualified(from))
            return;
        foreach (var login in Logins)
            Link(Path.Combine(home, login), Path.Combine(from, login));
        var configuration = Path.Combine(from, Configuration);
        if (File.Exists(configuration))
            AtomicFile.Write(Path.Combine(home, Configuration), File.ReadAllBytes(configuration));
    }

    private static void Link(string link, string target)
    {
        if (new FileInfo(link).LinkTarget == target || !Path.Exists(target))
            return;
        File.Delete(link);
        File.CreateSymbolicLink(link, target);
    }

    // Agents write here: a link among the conversations leads anywhere, and is neither followed nor removed.
    private static void Forget(string kept, DateTimeOffset before)
    {
        foreach (var file in new DirectoryInfo(kept).EnumerateFiles("*", OwnFiles).Where(file => file.LastWriteTimeUtc < before.UtcDateTime))
            file.Delete();
    }
}
