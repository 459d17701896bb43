namespace Donmai.Core.Platform;

/// <summary>What came of an attempt to deliver what a session left.</summary>
/// <param name="Delivered">Requests that the platform has now.</param>
/// <param name="Left">Requests that still wait.</param>
/// <param name="Trouble">What stood in the way; <see langword="null"/> when nothing did.</param>
public sealed record OutboxRound(int Delivered, int Left, TransientPlatformException? Trouble);
