namespace Donmai.Worker.Workareas;

/// <summary>What GitHub says of a pull request.</summary>
/// <param name="HeadBranch">Branch it brings in.</param>
/// <param name="IsMerged">Whether it was merged.</param>
internal sealed record PullRequestView(string HeadBranch, bool IsMerged);
