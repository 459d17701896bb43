using Donmai.Core.Providers;
using Donmai.Providers;

namespace Donmai.Grains.Tests.Machines;

/// <summary>An agent runtime that says what a test wants.</summary>
internal sealed class FakeRuntime(string name, Func<Task<ProviderFinding>> answer) : IAgentRuntime
{
    private int _probes;

    public string Name => name;

    public ProviderCapabilities Capabilities { get; } = new() { SupportsMessageInjection = true, SupportsSessionResume = true, EmitsSubagentEvents = true, CanModifyWorkspace = true };

    public bool IsOnlyOnRequest => false;

    public int Probes => Volatile.Read(ref _probes);

    public ProviderPlace Locate(ProbeSurroundings surroundings) => new("1");

    public Task<ProviderFinding> Probe(ProbeSurroundings surroundings, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _probes);
        return answer();
    }
}
