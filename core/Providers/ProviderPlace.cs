namespace Donmai.Core.Providers;

/// <summary>Where a provider is on this machine.</summary>
/// <param name="Stamp">Changes whenever a probe could answer differently: path, size and time of change of its program.</param>
/// <param name="Missing">Why it is nowhere, and what to do; <see langword="null"/> when it is there.</param>
public sealed record ProviderPlace(string Stamp, string? Missing = null)
{
    /// <summary>Path of its program, or address of its server; <see langword="null"/> for what is part of this program, and for what is nowhere.</summary>
    public string? Where { get; init; }
}
