namespace Donmai.Core.Git;

/// <summary>The environment of our own git calls (worker.md §5.2): never asks, never inherits a repository, few protocols.</summary>
public static class GitEnvironment
{
    /// <summary>Protocols git may use.</summary>
    public const string AllowedProtocols = "https:ssh:git:file";

    /// <summary>Composes it.</summary>
    /// <param name="inherited">Environment of the process; repository-local variables are dropped.</param>
    /// <param name="credentials">How git proves who it is.</param>
    /// <param name="lfs">Whether large files are fetched.</param>
    public static Dictionary<string, string> Compose(IReadOnlyDictionary<string, string> inherited, GitCredentials credentials, bool lfs)
    {
        var environment = inherited
            .Where(static pair => !pair.Key.StartsWith("GIT_", StringComparison.Ordinal) || IsUsersConfiguration(pair.Key))
            .ToDictionary(StringComparer.Ordinal);
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["GIT_ASKPASS"] = "/bin/true";
        environment["SSH_ASKPASS"] = "/bin/true";
        environment["GIT_SSH_COMMAND"] = credentials.SshCommand;
        environment["GIT_ALLOW_PROTOCOL"] = AllowedProtocols;
        environment["LC_ALL"] = "C";
        environment["LANGUAGE"] = "C";
        if (!lfs)
            environment["GIT_LFS_SKIP_SMUDGE"] = "1";
        credentials.AddTo(environment);
        return environment;
    }

    private static bool IsUsersConfiguration(string name) =>
        name is "GIT_CONFIG_GLOBAL" or "GIT_CONFIG_SYSTEM" or "GIT_CONFIG_NOSYSTEM" or "GIT_CONFIG_COUNT" or "GIT_EXEC_PATH" or "GIT_SSL_CAINFO"
        || name.StartsWith("GIT_CONFIG_KEY_", StringComparison.Ordinal) || name.StartsWith("GIT_CONFIG_VALUE_", StringComparison.Ordinal);
}
