namespace Donmai.Worker.Providers;

/// <summary>The provider does not know the session that was to be continued.</summary>
internal sealed class ProviderSessionNotFoundException(string message) : Exception(message);
