namespace Donmai.Worker.Providers;

/// <summary>The agent cannot take a message now.</summary>
internal sealed class AgentNotReadyException(string message) : Exception(message);
