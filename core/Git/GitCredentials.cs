namespace Donmai.Core.Git;

/// <summary>
/// How git proves who it is for one project (worker.md §5.3). Nothing of it is ever written into a repository: it travels in the
/// environment, for our own calls and for the agent's.
/// </summary>
/// <param name="CredentialHelper">Name or absolute path of a credential helper.</param>
/// <param name="SshKey">Absolute path of an ssh key.</param>
/// <param name="TokenVariable">Name of an environment variable that holds an access token for https.</param>
public sealed record GitCredentials(string? CredentialHelper, string? SshKey, string? TokenVariable = null)
{
    // The name is all that git is told; hosts that take tokens take any user name with them.
    private const string TokenUser = "x-access-token";

    private const string BatchSsh = "ssh -o BatchMode=yes -o StrictHostKeyChecking=accept-new";

    /// <summary>
    /// Scheme and host that a token is for, e.g. <c>https://github.com</c>; git is told nothing of it anywhere else. <see langword="null"/>: every host.
    /// </summary>
    public string? Origin { get; init; }

    /// <summary>The user's own git configuration decides.</summary>
    public static GitCredentials OfUser { get; } = new(null, null);

    /// <summary>Text of <c>GIT_SSH_COMMAND</c>: never asks, accepts new host keys, uses the key.</summary>
    public string SshCommand => SshKey is { Length: > 0 } key ? $"{BatchSsh} -i {Quoted(key)} -o IdentitiesOnly=yes" : BatchSsh;

    /// <summary>
    /// Adds the helper to an environment as <c>GIT_CONFIG_KEY_n</c>/<c>GIT_CONFIG_VALUE_n</c>; entries already there are kept. The helper for a
    /// token is a line of shell that prints the variable when git asks.
    /// </summary>
    /// <param name="environment">Environment to add to.</param>
    public void AddTo(IDictionary<string, string> environment)
    {
        if ((CredentialHelper is { Length: > 0 } named ? named : TokenHelper) is not { } helper)
            return;
        var key = Origin is { } origin && helper != CredentialHelper ? $"credential.{origin}.helper" : "credential.helper";
        var count = environment.TryGetValue("GIT_CONFIG_COUNT", out var text) && int.TryParse(text, out var entries) && entries > 0 ? entries : 0;
        environment[$"GIT_CONFIG_KEY_{count}"] = key;
        environment[$"GIT_CONFIG_VALUE_{count}"] = "";
        environment[$"GIT_CONFIG_KEY_{count + 1}"] = key;
        environment[$"GIT_CONFIG_VALUE_{count + 1}"] = helper;
        environment["GIT_CONFIG_COUNT"] = $"{count + 2}";
    }

    private string? TokenHelper => TokenVariable is { Length: > 0 } name && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
        ? $"!f() {{ test \"$1\" = get && printf 'username=%s\\npassword=%s\\n' {TokenUser} \"${name}\"; }}; f"
        : null;

    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
