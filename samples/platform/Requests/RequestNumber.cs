namespace Donmai.FakePlatform.Requests;

/// <summary>The number of a request in the log.</summary>
internal sealed record RequestNumber(long Value);
