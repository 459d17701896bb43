using System.Collections.Concurrent;
using Donmai.Core.Daemon;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Providers;

/// <summary>
/// Remembers how probed providers are. What was found holds for as long as the program and its configuration stay the same; trouble is looked
/// at again after a few seconds, because what it takes to mend it may lie outside of the program. Looks run off the caller's thread, one at a time
/// for each provider.
/// </summary>
/// <param name="configuration">Which programs are configured.</param>
/// <param name="host">Where programs are looked for.</param>
/// <param name="clock">Source of time.</param>
/// <param name="logger">Told what changes.</param>
public sealed partial class ProviderProbes(
    IDaemonConfiguration configuration, HostEnvironment host, TimeProvider clock, ILogger<ProviderProbes> logger)
{
    /// <summary>Time for which trouble is taken for granted.</summary>
    public static readonly TimeSpan TroubleHolds = TimeSpan.FromSeconds(10);

    // A probe keeps its own time; this is for one that does not.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Memory> _memories = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<ProviderFinding>>> _looking = new(StringComparer.Ordinal);

    /// <summary>
    /// How a provider is as far as is known without waiting; <see langword="null"/> when it is there and nobody has asked it yet. Has it asked when
    /// that is due.
    /// </summary>
    public ProviderFinding? Known(IProbedProvider provider)
    {
        var surroundings = SurroundingsOf(provider);
        var place = provider.Locate(surroundings);
        if (place.Missing is { } missing)
            return new ProviderFinding(ProviderHealth.Inactive, Detail: missing);
        var memory = Remembered(provider, place);
        if (!Holds(memory))
            _ = Ask(provider, surroundings, place); // kept in _looking, and ends in a finding whatever happens
        return memory?.Finding;
    }

    /// <summary>Where a provider is; <see langword="null"/> when it is nowhere, or part of this program.</summary>
    public string? Where(IProbedProvider provider) => provider.Locate(SurroundingsOf(provider)).Where;

    /// <summary>How a provider is.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="refresh">Whether to ask it even if it is known.</param>
    public async Task<ProviderFinding> Look(IProbedProvider provider, bool refresh)
    {
        var surroundings = SurroundingsOf(provider);
        var place = provider.Locate(surroundings);
        if (place.Missing is { } missing)
            return new ProviderFinding(ProviderHealth.Inactive, Detail: missing);
        var memory = Remembered(provider, place);
        return !refresh && Holds(memory) ? memory!.Finding : await Ask(provider, surroundings, place);
    }

    private ProbeSurroundings SurroundingsOf(IProbedProvider provider) =>
        new(host, configuration.Current.ProviderOf(provider.Name));

    private Memory? Remembered(IProbedProvider provider, ProviderPlace place) =>
        _memories.TryGetValue(provider.Name, out var memory) && memory.Stamp == place.Stamp ? memory : null;

    private bool Holds(Memory? memory) =>
        memory is not null && (memory.Finding.Health == ProviderHealth.Ready || clock.GetElapsedTime(memory.At) < TroubleHolds);

    private Task<ProviderFinding> Ask(IProbedProvider provider, ProbeSurroundings surroundings, ProviderPlace place) =>
        _looking.GetOrAdd(
            $"{provider.Name}|{place.Stamp}",
            static (key, look) => new Lazy<Task<ProviderFinding>>(() => Task.Run(() => look.Self.Probe(key, look.Provider, look.Surroundings, look.Place))),
            (Self: this, Provider: provider, Surroundings: surroundings, Place: place)).Value;

    private async Task<ProviderFinding> Probe(string key, IProbedProvider provider, ProbeSurroundings surroundings, ProviderPlace place)
    {
        var finding = await Probe(provider, surroundings);
        _memories.TryGetValue(provider.Name, out var former);
        if (former?.Finding != finding)
            Found(provider.Name, finding.Status, finding.Detail ?? (finding.Version is { Length: > 0 } version ? "version " + version : "it is there"));
        _memories[provider.Name] = new Memory(place.Stamp, finding, clock.GetTimestamp());
        _looking.TryRemove(key, out _);
        return finding;
    }

    private async Task<ProviderFinding> Probe(IProbedProvider provider, ProbeSurroundings surroundings)
    {
        using var over = new CancellationTokenSource(Patience, clock);
        try
        {
            return await provider.Probe(surroundings, over.Token).WaitAsync(Patience, clock);
        }
        catch (Exception failure) when (failure is TimeoutException or OperationCanceledException)
        {
            return new ProviderFinding(ProviderHealth.Degraded, Detail: $"{provider.Name} could not be looked at in {Patience.TotalSeconds} seconds");
        }
        catch (Exception failure)
        {
            NotAsked(failure, provider.Name);
            return new ProviderFinding(ProviderHealth.Unhealthy, Detail: $"{provider.Name} could not be looked at: {failure.Message}");
        }
    }

    private sealed record Memory(string Stamp, ProviderFinding Finding, long At);
}
