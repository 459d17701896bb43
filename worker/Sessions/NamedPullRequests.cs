using Donmai.Worker.Workareas;

namespace Donmai.Worker.Sessions;

/// <summary>
/// The pull requests that the agent named (worker.md §2.6). One of the right repository is the session's own only when it brings in the work
/// branch; where nobody can be asked, the repository has to do.
/// </summary>
/// <param name="seen">What was seen of the agent.</param>
/// <param name="repository">The session's repository.</param>
/// <param name="gitHub">Who can be asked.</param>
internal sealed class NamedPullRequests(SessionObservation seen, string repository, GitHubPullRequests? gitHub)
{
    private const int MostAsked = 5;

    private readonly string[] _named = [.. PullRequests.In(seen, repository).Take(MostAsked)];

    /// <summary>The one of a branch.</summary>
    public async Task<string?> Of(string branch, CancellationToken cancellationToken)
    {
        foreach (var url in _named)
            if (await Look(url, cancellationToken) is not { } view || view.HeadBranch == branch)
                return url;
        return null;
    }

    /// <summary>Whether one of them was merged.</summary>
    public async Task<bool> WereMerged(CancellationToken cancellationToken)
    {
        foreach (var url in _named)
            if (await Look(url, cancellationToken) is { IsMerged: true })
                return true;
        return false;
    }

    private Task<PullRequestView?> Look(string url, CancellationToken cancellationToken) =>
        gitHub is null ? Task.FromResult<PullRequestView?>(null) : gitHub.Look(url, cancellationToken);
}
