using System.Net.Http.Headers;

namespace Donmai.Core.Daemon.Updates;

/// <summary>A manifest that was fetched, and by what its source knows it again.</summary>
/// <param name="Address">Where it came from.</param>
/// <param name="Tag">Its source's mark.</param>
/// <param name="Manifest">The manifest.</param>
internal sealed record KnownManifest(Uri Address, EntityTagHeaderValue Tag, ReleaseManifest Manifest);
