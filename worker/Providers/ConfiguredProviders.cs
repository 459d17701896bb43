using System.Text.Json;
using Donmai.Core.Providers;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Providers;

/// <summary>What the daemon has told this worker about its providers.</summary>
internal static class ConfiguredProviders
{
    /// <summary>The settings by provider id; none when the daemon has told nothing.</summary>
    /// <exception cref="PreflightException">What it told cannot be read.</exception>
    public static IReadOnlyDictionary<string, ProviderSettings> In(WorkerVariables variables)
    {
        try
        {
            return ProviderSettings.Read(variables.Text(ProviderSettings.Variable));
        }
        catch (JsonException unreadable)
        {
            throw new PreflightException($"{ProviderSettings.Variable} cannot be read: {unreadable.Message}");
        }
    }
}
