using System.Text.Json.Serialization;

namespace Donmai.Core.Daemon;

/// <summary>Where a value in force comes from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConfigurationOrigin>))]
public enum ConfigurationOrigin
{
    /// <summary>The file says so.</summary>
    [JsonStringEnumMemberName("file")] File,

    /// <summary>Nobody says anything else.</summary>
    [JsonStringEnumMemberName("default")] Default,

    /// <summary>A variable of the environment says so, whatever the file says.</summary>
    [JsonStringEnumMemberName("environment")] Environment,

    /// <summary>The file says so, but nothing here reads it; it is kept.</summary>
    [JsonStringEnumMemberName("unused")] Unused,
}
