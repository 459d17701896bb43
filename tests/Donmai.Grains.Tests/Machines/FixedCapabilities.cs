using Donmai.Core.Daemon;

namespace Donmai.Grains.Tests.Machines;

/// <summary>A machine that can do what every one can; nothing is looked for.</summary>
internal sealed class FixedCapabilities : IMachineCapabilities
{
    public Task<IReadOnlyList<string>> Kinds() => Task.FromResult(CapabilityDetection.Unconditional);
}
