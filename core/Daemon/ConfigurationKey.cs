using System.Text.Json.Nodes;

namespace Donmai.Core.Daemon;

/// <summary>A key of <c>daemon.yaml</c> that the product knows (daemon-runtime.md §2.3).</summary>
/// <param name="Name">Its full name, e.g. <c>capacity.maxConcurrentSessions</c>.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Value">Its value in a configuration, as it would be written; <see langword="null"/> when it has none.</param>
public sealed record ConfigurationKey(string Name, ConfigurationKind Kind, Func<DaemonConfiguration, JsonNode?> Value);
