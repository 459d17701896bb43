namespace Donmai.Grains.Tests.Machines;

/// <summary>What a platform was asked.</summary>
internal sealed record PlatformRequest(string Method, string Path, string? Token, string Body, string UserAgent);
