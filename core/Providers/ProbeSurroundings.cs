using Donmai.Core.Daemon;

namespace Donmai.Core.Providers;

/// <summary>What decides whether a provider can be used on this machine.</summary>
/// <param name="Host">The environment its program is looked for in.</param>
/// <param name="Binary">Program that is configured in place of the one on the <c>PATH</c> (<c>providers.&lt;id&gt;.binary</c>), if any.</param>
/// <param name="Endpoint">Address that is configured for a provider that is a server (<c>providers.&lt;id&gt;.endpoint</c>), if any.</param>
public sealed record ProbeSurroundings(HostEnvironment Host, string? Binary, string? Endpoint = null);
