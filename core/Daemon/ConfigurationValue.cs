using System.Text.Json.Nodes;

namespace Donmai.Core.Daemon;

/// <summary>A key with its value in force.</summary>
/// <param name="Key">Full name of the key.</param>
/// <param name="Value">Its value; a secret is masked. <see langword="null"/> when it has none.</param>
/// <param name="From">Where the value comes from.</param>
public sealed record ConfigurationValue(string Key, JsonNode? Value, ConfigurationOrigin From);
