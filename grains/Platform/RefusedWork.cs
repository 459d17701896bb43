namespace Donmai.Grains.Platform;

/// <summary>Work that has to be given back.</summary>
/// <param name="SessionId">The session that it is.</param>
/// <param name="Raw">The item as it came.</param>
/// <param name="Reason">Why, as it is told.</param>
/// <param name="IsMomentary">Whether it may be welcome a moment later.</param>
internal sealed record RefusedWork(string SessionId, JsonText Raw, string Reason, bool IsMomentary);
