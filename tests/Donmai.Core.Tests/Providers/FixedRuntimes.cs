using Donmai.Core.Providers;

namespace Donmai.Core.Tests.Providers;

internal sealed class FixedRuntimes(params IAgentRuntime[] runtimes) : IAgentRuntimes
{
    public IReadOnlyList<IAgentRuntime> All => runtimes;
}
