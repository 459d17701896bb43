namespace Donmai.Worker.Providers;

/// <summary>The provider cannot do what was asked.</summary>
internal sealed class AgentUnsupportedException(string message) : Exception(message);
