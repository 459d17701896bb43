using System.Runtime.InteropServices;
using Donmai.Core.Daemon;
using Donmai.Sessions;

namespace Donmai.Core.Sessions.Limits;

/// <summary>What one session may use.</summary>
/// <param name="MemoryMb">MiB of memory, of all its processes together.</param>
/// <param name="VCpu">Processors.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ResourceLimit(int MemoryMb, int VCpu)
{
    /// <summary>Bytes in a MiB.</summary>
    internal const long BytesPerMebibyte = 1024 * 1024;

    /// <summary>Memory in bytes.</summary>
    public long MemoryBytes => MemoryMb * BytesPerMebibyte;

    /// <summary>What a session asked for, else the most that any may have.</summary>
    /// <param name="asked">The request.</param>
    /// <param name="configuration">The most.</param>
    public static ResourceLimit Of(SessionResources? asked, DaemonConfiguration configuration) => new(
        Least(asked?.MemoryMb, configuration.MaxMemoryMbPerSession),
        Least(asked?.VCpu, configuration.MaxVCpuPerSession));

    private static int Least(int? asked, int most) => asked is > 0 and var wanted ? Math.Min(wanted, most) : most;
}
