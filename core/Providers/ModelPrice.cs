namespace Donmai.Core.Providers;

/// <summary>What a model costs, in US dollars per million tokens (worker.md §4.3.4).</summary>
/// <param name="Input">Tokens read that were not cached.</param>
/// <param name="CachedInput">Tokens read from the cache.</param>
/// <param name="Output">Tokens written.</param>
public sealed record ModelPrice(double Input, double CachedInput, double Output);
