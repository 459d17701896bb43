using Donmai.Cli.Rendering;

namespace Donmai.Cli.Providers;

/// <summary>States of a provider and their tones.</summary>
internal static class ProviderStates
{
    /// <summary>Tone of a state.</summary>
    public static Tone ToneOf(string status) => status switch
    {
        "ready" => Tone.Good,
        "degraded" => Tone.Warning,
        "unhealthy" => Tone.Bad,
        _ => Tone.Quiet,
    };
}
