namespace Donmai.Core.Platform;

/// <summary>How busy the machine is (platform-api.md §6.2).</summary>
public interface IMachineLoad
{
    /// <summary>Utilisation since the last sample; members are <see langword="null"/> where the system does not tell. Never throws.</summary>
    LoadSample Sample();
}
