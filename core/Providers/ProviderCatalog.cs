using System.Collections.Concurrent;
using System.Collections.Frozen;
using Donmai.Core.Daemon;
using Donmai.Core.Routing;
using Donmai.Core.Sessions;
using Donmai.Providers;

namespace Donmai.Core.Providers;

/// <summary>
/// The runtimes the product's own worker can drive, as candidates for routing. A worker that an embedder put in its place brings its own: then the
/// named runtime, or <c>stub</c> when none is named, is taken as given (routing.md §7 RT-17).
/// </summary>
/// <param name="configuration">Whether the stub is permitted.</param>
/// <param name="worker">The worker that will run sessions.</param>
/// <param name="runtimes">What it can drive.</param>
/// <param name="probes">How that is.</param>
public sealed class ProviderCatalog(
    IDaemonConfiguration configuration, WorkerCommand worker, IAgentRuntimes runtimes, ProviderProbes probes) : IProviderCatalog
{
    /// <summary>Why a runtime is not given to sessions that do not name it.</summary>
    internal const string OnlyOnRequest = "only on request (--provider stub, or providers.allowStub: true)";

    private const string Stub = "stub";
    private readonly ConcurrentDictionary<ProviderCapabilities, FrozenDictionary<string, string>> _capabilities = new();

    /// <inheritdoc/>
    public IReadOnlyList<RoutingCandidate> Runtimes(string? pinnedProvider)
    {
        if (!worker.IsOwnWorker)
            return [new RoutingCandidate { Id = pinnedProvider ?? Stub }];
        var allowed = configuration.Current.AllowStub;
        var known = runtimes.All.Select(runtime => Candidate(runtime, allowed || pinnedProvider == runtime.Name, pinnedProvider == runtime.Name)).ToList();
        if (pinnedProvider is not null && !runtimes.All.Any(runtime => runtime.Name == pinnedProvider))
            known.Add(new RoutingCandidate { Id = pinnedProvider, Unfit = $"\"{pinnedProvider}\" is not an agent runtime of this daemon; it knows {Names()}" });
        return known;
    }

    private RoutingCandidate Candidate(IAgentRuntime runtime, bool isPermitted, bool isNamed)
    {
        var capabilities = runtime.Capabilities;
        var candidate = new RoutingCandidate { Id = runtime.Name, Capabilities = _capabilities.GetOrAdd(capabilities, Fields) };
        if (runtime.IsOnlyOnRequest && !isPermitted)
            return candidate with { Forbidden = OnlyOnRequest };
        if (!capabilities.CanModifyWorkspace && !isNamed)
            return candidate with { Forbidden = $"it only writes text and changes no file; a session gets it by naming it (--provider {runtime.Name})" };
        return probes.Known(runtime) is { IsUsable: false } finding ? candidate with { Unavailable = finding.Detail } : candidate;
    }

    private string Names() => string.Join(", ", runtimes.All.Select(static runtime => runtime.Name));

    /// <summary>The capabilities by the names that routing filters use; those that are absent are not declared.</summary>
    private static FrozenDictionary<string, string> Fields(ProviderCapabilities capabilities)
    {
        (string Name, bool? Value)[] flags =
        [
            ("supportsMessageInjection", capabilities.SupportsMessageInjection),
            ("supportsSessionResume", capabilities.SupportsSessionResume),
            ("supportsToolPlugins", capabilities.SupportsToolPlugins),
            ("needsBaseInstructions", capabilities.NeedsBaseInstructions),
            ("needsPermissionConfig", capabilities.NeedsPermissionConfig),
            ("supportsCodeIntelligenceEnforcement", capabilities.SupportsCodeIntelligenceEnforcement),
            ("emitsSubagentEvents", capabilities.EmitsSubagentEvents),
            ("supportsReasoningEffort", capabilities.SupportsReasoningEffort),
            ("acceptsAllowedToolsList", capabilities.AcceptsAllowedToolsList),
            ("acceptsMcpServerSpec", capabilities.AcceptsMcpServerSpec),
            ("supportsMidTurnInput", capabilities.SupportsMidTurnInput),
            ("canModifyWorkspace", capabilities.CanModifyWorkspace),
        ];
        var fields = flags.Where(static flag => flag.Value == true).ToDictionary(static flag => flag.Name, static _ => "true", StringComparer.Ordinal);
        if (capabilities.ToolPermissionFormat is { Length: > 0 } format)
            fields["toolPermissionFormat"] = format;
        return fields.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
