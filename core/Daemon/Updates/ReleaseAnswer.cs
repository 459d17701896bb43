using System.Net.Http.Headers;

namespace Donmai.Core.Daemon.Updates;

/// <summary>What the source of releases answered.</summary>
/// <param name="IsUnchanged">Whether what was known is still true; nothing was sent then.</param>
/// <param name="Tag">By what the source knows this state of the file again.</param>
internal sealed record ReleaseAnswer(bool IsUnchanged, EntityTagHeaderValue? Tag);
