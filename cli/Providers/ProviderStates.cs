using Donmai.Cli.Rendering;
using Donmai.Providers;

namespace Donmai.Cli.Providers;

/// <summary>States of a provider and their tones.</summary>
internal static class ProviderStates
{
    /// <summary>Whether sessions are given to a provider in that state.</summary>
    public static bool IsUsable(string status) => status is "ready" or "degraded";

    /// <summary>Says below a table why some of its providers are not ready, and what to do.</summary>
    public static void Explain(IScreen screen, ProviderList list)
    {
        var explained = list.Providers.Where(static provider => !string.IsNullOrEmpty(provider.Detail)).ToList();
        if (explained.Count > 0)
            screen.Write(Line.Of());
        foreach (var provider in explained)
            screen.Write(Line.Of(($"{provider.Id}: ", ToneOf(provider.Status)), (provider.Detail!, Tone.Plain)));
    }

    /// <summary>Tone of a state.</summary>
    public static Tone ToneOf(string status) => status switch
    {
        "ready" => Tone.Good,
        "degraded" => Tone.Warning,
        "unhealthy" => Tone.Bad,
        _ => Tone.Quiet,
    };
}
