namespace Donmai.Silo.Gateway.Sessions;

/// <summary>A client asks for a part of a log that there is not: 400.</summary>
/// <param name="message">What it said.</param>
internal sealed class InvalidLogQueryException(string message) : Exception(message);
