namespace Donmai.Core.Platform.Wire;

/// <summary>Load averages of a Unix system (platform-api.md §6.2).</summary>
public sealed record LoadAverages
{
    /// <summary>Of one minute.</summary>
    public required double One { get; init; }

    /// <summary>Of five minutes.</summary>
    public required double Five { get; init; }

    /// <summary>Of fifteen minutes.</summary>
    public required double Fifteen { get; init; }
}
