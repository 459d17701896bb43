using Donmai.Core.Providers;

namespace Donmai.Grains.Tests.Machines;

/// <summary>Agent runtimes as a test wants them.</summary>
internal sealed class FakeRuntimes : IAgentRuntimes
{
    public IReadOnlyList<IAgentRuntime> All { get; set; } = [];
}
