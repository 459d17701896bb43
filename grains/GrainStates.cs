using System.Text.Json.Serialization.Metadata;

namespace Donmai.Grains;

/// <summary>The states that grains keep.</summary>
public static class GrainStates
{
    /// <summary>How they are written and read as JSON, without reflection.</summary>
    public static IJsonTypeInfoResolver Json => GrainStateJson.Default;
}
