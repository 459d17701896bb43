using System.Globalization;
using System.Text.Json.Nodes;
using Donmai.Daemon;

namespace Donmai.Core.Daemon;

/// <summary>The settings that can be changed while the daemon runs (control-api.md §4.6).</summary>
public static class CapacityKeys
{
    /// <summary>Slots; 0 accepts nothing.</summary>
    public const string MaxConcurrentSessions = "capacity.maxConcurrentSessions";

    /// <summary>GiB of the work area pool; 0 means no limit.</summary>
    public const string PoolMaxDiskGb = "capacity.poolMaxDiskGb";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [MaxConcurrentSessions, PoolMaxDiskGb];

    /// <summary>The change of <c>daemon.yaml</c> that is asked for.</summary>
    /// <exception cref="CapacityRefusedException">The value is no whole number from 0, or the key is not one of these; looked at in this order.</exception>
    public static ConfigurationEdit Edit(CapacityChange change)
    {
        // The framework takes NULs after a number for nothing.
        if (change.Value.Contains('\0') || !int.TryParse(change.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) || value < 0)
            throw new CapacityRefusedException(change, "value must be non-negative integer");
        if (!All.Contains(change.Key, StringComparer.Ordinal))
            throw new CapacityRefusedException(change, "unknown key");
        return ConfigurationEdit.Set(change.Key, JsonValue.Create(value));
    }
}
