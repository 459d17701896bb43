using Donmai.Core.Platform.Wire;

namespace Donmai.Core.Platform;

/// <summary>How busy the machine is (platform-api.md §6.2). What the system does not tell is <see langword="null"/>; nothing is thrown.</summary>
public interface IMachineLoad
{
    /// <summary>Use of the processors since the last call, and of the memory.</summary>
    MachineLoad? Use();

    /// <summary>The system's load averages.</summary>
    LoadAverages? Averages();
}
