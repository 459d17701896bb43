using System.Text.RegularExpressions;
using Donmai.Core.Daemon.Yaml;
using Donmai.Sessions;

namespace Donmai.Core.Daemon;

/// <summary>Reads <c>projects</c> (daemon-runtime.md §2.3, §2.6).</summary>
/// <param name="paths">Makes paths absolute.</param>
/// <param name="legacyRepoUrl">Told of an entry that names its repository by the former key: its id, then the URL.</param>
internal sealed partial class ProjectReader(ConfigurationPaths paths, Action<string, string> legacyRepoUrl)
{
    /// <summary>Former name of <c>repository</c>.</summary>
    public const string LegacyRepositoryKey = "repoUrl";

    private const string GitHubHelper = "!gh auth git-credential";

    private static readonly string[] CloneStrategies = ["shallow", "full", "reference-clone"];

    /// <summary>The allowlist, in file order.</summary>
    public List<ProjectConfiguration> Read(YamlSection root)
    {
        var projects = new List<ProjectConfiguration>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in root.Items("projects"))
        {
            var project = Project(entry);
            if (project.Id.Length > 0 && !ids.Add(project.Id))
                entry.Violate("id", $"\"{project.Id}\" is used by an earlier entry");
            projects.Add(project);
        }

        return projects;
    }

    private ProjectConfiguration Project(YamlSection entry)
    {
        var id = entry.Required("id");
        var legacy = entry.Text(LegacyRepositoryKey);
        var useLegacy = string.IsNullOrEmpty(entry.Text("repository")) && !string.IsNullOrEmpty(legacy);
        if (useLegacy)
            legacyRepoUrl(id, legacy!);
        return new ProjectConfiguration
        {
            Id = id,
            Repository = useLegacy ? legacy! : entry.Required("repository"),
            Pool = entry.Whole("pool", 0, PoolConfiguration.MostWarm),
            Checkout = new ProjectCheckout
            {
                CloneStrategy = entry.OneOf("cloneStrategy", CloneStrategies),
                Git = Own(entry.Section("git")) ?? Foreign(entry.Section("credentialHelper")),
                Submodules = entry.Flag("submodules") == true,
                Lfs = entry.Flag("lfs") == true,
                MergeQueue = entry.Flag("mergeQueue") == true,
            },
        };
    }

    private ProjectGit? Own(YamlSection git)
    {
        var credentials = new ProjectGit
        {
            CredentialHelper = paths.NameOrPath(git.Text("credentialHelper")),
            SshKey = paths.Absolute(git.Text("sshKey")),
            TokenVariable = Variable(git, "tokenVariable", git.Text("tokenVariable")),
        };
        return credentials == new ProjectGit() ? null : credentials;
    }

    /// <summary>The shape that the former command line tool wrote.</summary>
    private ProjectGit? Foreign(YamlSection helper) => helper.IsThere
        ? helper.OneOf("kind", "osxkeychain", "ssh", "pat", "gh") switch
        {
            "osxkeychain" => new ProjectGit { CredentialHelper = "osxkeychain" },
            "ssh" => paths.Absolute(helper.Text("sshKeyPath")) is { } key ? new ProjectGit { SshKey = key } : null,
            "pat" => new ProjectGit { TokenVariable = Variable(helper, "envVarName", helper.Required("envVarName")) },
            "gh" => new ProjectGit { CredentialHelper = GitHubHelper },
            _ => null,
        }
        : null;

    private static string? Variable(YamlSection section, string key, string? name)
    {
        if (string.IsNullOrEmpty(name))
            return null;
        if (!VariableName().IsMatch(name))
            section.Violate(key, $"is \"{name}\"; it must be the name of an environment variable");
        return name;
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VariableName();
}
