namespace Donmai.Core.Platform;

/// <summary>How busy the machine is.</summary>
/// <param name="CpuPercent">Share of all processors in use since the sample before, 0 to 100.</param>
/// <param name="MemoryPercent">Share of the memory that cannot be had, 0 to 100.</param>
/// <param name="One">The system's load average over one minute.</param>
/// <param name="Five">Over five minutes.</param>
/// <param name="Fifteen">Over fifteen minutes.</param>
public sealed record LoadSample(double? CpuPercent, double? MemoryPercent, double? One, double? Five, double? Fifteen);
