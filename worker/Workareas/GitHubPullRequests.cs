using System.Text.Json;
using Donmai.Core.Git;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Workareas;

/// <summary>The pull requests of a repository on GitHub (worker.md §2.6, §8.3 step 9).</summary>
/// <param name="program">GitHub's command-line program.</param>
/// <param name="repository">The repository.</param>
internal sealed class GitHubPullRequests(GitHubProgram program, HostedRepository repository)
{
    private readonly Dictionary<string, PullRequestView> _views = new(StringComparer.Ordinal);

    /// <summary>Looks at one.</summary>
    /// <returns>What it is; <see langword="null"/> when GitHub cannot be asked.</returns>
    public async Task<PullRequestView?> Look(string url, CancellationToken cancellationToken)
    {
        if (_views.TryGetValue(url, out var known) && known.IsMerged)
            return known;
        var answer = await program.Run(["pr", "view", url, "--json", "headRefName,state,url"], "", cancellationToken);
        if (!answer.Succeeded || Parse(answer.Output) is not { } told || ForeignJson.Text(told, "headRefName") is not { } head)
            return null;
        return _views[url] = new PullRequestView(head, ForeignJson.Text(told, "state") == "MERGED");
    }

    /// <summary>The open pull request of a branch.</summary>
    /// <exception cref="GitFailureException">GitHub cannot be asked.</exception>
    public async Task<string?> FindOpen(string branch, CancellationToken cancellationToken)
    {
        var answer = await program.Run(
            ["pr", "list", "--repo", repository.Path, "--head", branch, "--state", "open", "--json", "url"], "", cancellationToken);
        if (!answer.Succeeded)
            throw answer.ToFailure("gh pr list");
        return ForeignJson.Items(Parse(answer.Output)).Select(static entry => ForeignJson.Text(entry, "url")).FirstOrDefault(static url => url is { Length: > 0 });
    }

    /// <summary>Opens one.</summary>
    /// <param name="request">What for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What the program answered: the address.</returns>
    /// <exception cref="GitFailureException">It was not opened.</exception>
    public async Task<string> Open(PullRequestOrder request, CancellationToken cancellationToken)
    {
        List<string> arguments = ["pr", "create", "--repo", repository.Path];
        if (request.Base.Length > 0)
            arguments.AddRange(["--base", request.Base]);
        arguments.AddRange(["--head", request.Head, "--title", request.Title, "--body-file", "-"]);
        if (request.IsDraft)
            arguments.Add("--draft");
        var answer = await program.Run(arguments, request.Body, cancellationToken);
        return answer.Succeeded ? answer.Output.Trim() : throw answer.ToFailure("gh pr create");
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
