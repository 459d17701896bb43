using System.Net.Http.Headers;

namespace Donmai.Core.Daemon.Updates;

/// <summary>A file to be fetched from the source of releases.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Largest">Most bytes it may have.</param>
internal sealed record ReleaseRequest(Uri Address, long Largest)
{
    /// <summary>Whether the answer has to say its length beforehand.</summary>
    public bool NeedsLength { get; init; }

    /// <summary>What is known of it already; the answer is then empty when that is still true.</summary>
    public EntityTagHeaderValue? Known { get; init; }

    /// <summary>The address for people, without anything secret.</summary>
    public string Shown => Address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
