using Donmai.Core.Git;
using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Providers;

/// <summary>The installed git.</summary>
/// <param name="clock">Source of time.</param>
public sealed class GitProvider(TimeProvider clock) : IProbedProvider
{
    /// <summary>Its id, and the name of its program.</summary>
    public const string Id = "git";

    /// <inheritdoc/>
    public string Name => Id;

    /// <inheritdoc/>
    public ProviderPlace Locate(ProbeSurroundings surroundings) => Find(surroundings) is { } program
        ? new ProviderPlace(ProgramStamp.Of(program)) { Where = program }
        : new ProviderPlace("", "git is not on the daemon's PATH; install it (Debian: apt install git)");

    /// <inheritdoc/>
    public Task<ProviderFinding> Probe(ProbeSurroundings surroundings, CancellationToken cancellationToken) =>
        ProgramVersion.Ask(Find(surroundings)!, GitEnvironment.Compose(surroundings.Host.Variables, GitCredentials.OfUser, lfs: false), clock, cancellationToken);

    private static string? Find(ProbeSurroundings surroundings) => ProgramSearch.Find(Id, surroundings.Host.SearchPath);
}
