using System.Text.Json.Serialization;

namespace Donmai.Core.Daemon.Service;

/// <summary>For whom a service is registered (daemon-runtime.md §14.2).</summary>
public enum ServiceScope
{
    /// <summary>The user who installs it; needs no rights.</summary>
    [JsonStringEnumMemberName("user")] User,

    /// <summary>The machine, started with it; needs root, and runs as the user who asked root.</summary>
    [JsonStringEnumMemberName("system")] System,
}
