using Donmai.Core.Providers;
using Donmai.Providers;

namespace Donmai.Core.Tests.Providers;

/// <summary>An agent runtime that is where a test puts it and says what a test wants.</summary>
internal sealed class FakeRuntime(string name) : IAgentRuntime
{
    private int _probes;

    public string Name => name;

    public ProviderCapabilities Capabilities { get; init; } = new() { SupportsSessionResume = true, SupportsMessageInjection = false, EmitsSubagentEvents = false, CanModifyWorkspace = true };

    public bool IsOnlyOnRequest { get; init; }

    public ProviderPlace Place { get; set; } = new("1");

    public Func<CancellationToken, Task<ProviderFinding>> Answer { get; set; } = static _ => Task.FromResult(new ProviderFinding(ProviderHealth.Ready, "1.0"));

    public int Probes => Volatile.Read(ref _probes);

    public ProbeSurroundings? Seen { get; private set; }

    public ProviderPlace Locate(ProbeSurroundings surroundings)
    {
        Seen = surroundings;
        return Place;
    }

    public Task<ProviderFinding> Probe(ProbeSurroundings surroundings, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _probes);
        return Answer(cancellationToken);
    }
}
