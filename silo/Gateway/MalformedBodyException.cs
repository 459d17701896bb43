namespace Donmai.Silo.Gateway;

/// <summary>A request body is not the JSON that its route takes: 400.</summary>
/// <param name="reason">What is wrong, and where.</param>
internal sealed class MalformedBodyException(string reason) : Exception($"invalid body: {reason}");
