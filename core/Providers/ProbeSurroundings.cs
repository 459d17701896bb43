using Donmai.Core.Daemon;

namespace Donmai.Core.Providers;

/// <summary>What decides whether a provider can be used on this machine.</summary>
/// <param name="Host">The environment its program is looked for in.</param>
/// <param name="Settings">What is configured of it (<c>providers.&lt;id&gt;</c>).</param>
public sealed record ProbeSurroundings(HostEnvironment Host, ProviderSettings Settings);
