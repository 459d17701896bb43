namespace Donmai.Core.Daemon;

/// <summary>One line of <c>routing.allow</c> or <c>routing.deny</c> (routing.md §6.1 phase 2).</summary>
/// <param name="Project">Id of the allowlist entry.</param>
/// <param name="Provider">Provider id.</param>
public sealed record RoutingPolicy(string Project, string Provider);
