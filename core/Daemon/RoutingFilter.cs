namespace Donmai.Core.Daemon;

/// <summary>A demand on candidates (routing.md §1.3, <c>routing.capabilityFilters[]</c>).</summary>
/// <param name="Field">The capability, e.g. <c>os</c>, <c>arch</c>, <c>region</c>.</param>
/// <param name="Op"><c>eq</c>, <c>in</c>, <c>lte</c> or <c>gte</c>.</param>
/// <param name="Value">Text to compare with; a list is separated by commas.</param>
public sealed record RoutingFilter(string Field, string Op, string Value);
