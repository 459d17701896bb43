using System.Text.Json.Nodes;

namespace Donmai.Core.Daemon;

/// <summary>Sets a key.</summary>
internal sealed record SetKey(string Key, JsonNode Value) : ConfigurationEdit;
