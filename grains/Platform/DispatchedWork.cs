namespace Donmai.Grains.Platform;

/// <summary>What became of fetched work.</summary>
internal sealed class DispatchedWork
{
    /// <summary>What is to be given back, once for each session.</summary>
    public List<RefusedWork> Refused { get; } = [];

    /// <summary>The sessions of it that run here now.</summary>
    public List<string> Running { get; } = [];
}
