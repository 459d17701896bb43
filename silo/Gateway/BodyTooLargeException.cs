namespace Donmai.Silo.Gateway;

/// <summary>A request body is longer than <see cref="RequestBody.MaximumLength"/>: 413.</summary>
internal sealed class BodyTooLargeException() : Exception("request body too large");
