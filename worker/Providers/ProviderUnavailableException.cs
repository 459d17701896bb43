namespace Donmai.Worker.Providers;

/// <summary>The provider cannot be used on this machine; the text says what is missing and how to get it.</summary>
internal sealed class ProviderUnavailableException(string message) : Exception(message);
