namespace Donmai.FakePlatform.Control;

/// <summary>The body of <c>POST /control/releases</c>.</summary>
/// <param name="Version">A semantic version.</param>
/// <param name="Content">Bytes of the file, in base 64.</param>
/// <param name="Signature">Bytes of its signature, in base 64.</param>
/// <param name="Channel">The channel.</param>
/// <param name="FileName">Name of the file.</param>
internal sealed record PublishedRelease(string Version, byte[] Content, byte[]? Signature = null, string? Channel = null, string? FileName = null);
