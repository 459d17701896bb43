namespace Donmai.Core.Daemon;

/// <summary>Takes a key out.</summary>
internal sealed record UnsetKey(string Key) : ConfigurationEdit;
