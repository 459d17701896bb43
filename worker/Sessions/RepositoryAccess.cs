using Donmai.Core.Git;
using Donmai.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary>
/// How git proves who it is in a session (worker.md §5.3): as the project says, else with the token that the platform lends, else as the user's own
/// settings say. A lent token is in memory and in the environment of the programs that need it, never in a file or in an argument.
/// </summary>
/// <param name="Credentials">What git is told.</param>
/// <param name="LentToken">The token that the platform lends; <see langword="null"/> when it is not used.</param>
internal sealed record RepositoryAccess(GitCredentials Credentials, string? LentToken)
{
    /// <summary>Variable of a lent token.</summary>
    public const string LentTokenVariable = "DONMAI_GIT_TOKEN";

    /// <summary>The access that a detail gives.</summary>
    public static RepositoryAccess Of(SessionDetail detail)
    {
        var own = detail.Project?.Git;
        var repository = detail.Repository ?? "";
        var lent = string.IsNullOrEmpty(own?.CredentialHelper) && string.IsNullOrEmpty(own?.TokenVariable) && GitRepositoryAddress.HttpsOrigin(repository) is not null
            ? detail.GitToken
            : null;
        return new RepositoryAccess(
            new GitCredentials(own?.CredentialHelper, own?.SshKey, lent is null ? own?.TokenVariable : LentTokenVariable)
            {
                Origin = GitRepositoryAddress.HttpsOrigin(repository),
            },
            lent);
    }

    /// <summary>Adds the lent token, if there is one, in place of an older one.</summary>
    /// <param name="environment">Environment of programs that git or GitHub's program is among.</param>
    public void AddTo(IDictionary<string, string> environment)
    {
        if (LentToken is { } token)
            environment[LentTokenVariable] = token;
    }

    /// <summary>The variables with the lent token, if there is one.</summary>
    public IReadOnlyDictionary<string, string> Over(IReadOnlyDictionary<string, string> variables)
    {
        var all = variables.ToDictionary(StringComparer.Ordinal);
        AddTo(all);
        return all;
    }

    // The text of a record has all its members, and the token must not get into a log by way of it.
    /// <inheritdoc/>
    public override string ToString() => nameof(RepositoryAccess);
}
