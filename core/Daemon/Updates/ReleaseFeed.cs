using System.Text;
using System.Text.Json;

namespace Donmai.Core.Daemon.Updates;

/// <summary>Manifests, programs and signatures of releases (daemon-runtime.md §12.1).</summary>
/// <param name="server">Where they come from.</param>
internal sealed class ReleaseFeed(ReleaseServer server)
{
    private const long LargestManifest = 64 * 1024;
    private const long LargestSignature = 1024 * 1024;
    private const long LargestProgram = 1024L * 1024 * 1024;

    private readonly Lock _gate = new();
    private KnownManifest? _known;

    /// <summary>A manifest. What the source says is unchanged is not fetched again.</summary>
    /// <exception cref="ReleaseSourceException">It cannot be had, or is not one.</exception>
    public async Task<ReleaseManifest> Manifest(Uri address, CancellationToken cancellationToken)
    {
        var known = Known(address);
        var request = new ReleaseRequest(address, LargestManifest) { Known = known?.Tag };
        using var text = new MemoryStream();
        var answer = await server.Fetch(request, text, cancellationToken);
        if (answer.IsUnchanged && known is not null)
            return known.Manifest;
        var manifest = Read(request, text);
        lock (_gate)
            _known = answer.Tag is null ? null : new KnownManifest(address, answer.Tag, manifest);
        return manifest;
    }

    /// <summary>Fetches a program, whole.</summary>
    /// <exception cref="ReleaseSourceException">It cannot be had.</exception>
    public Task Program(Uri address, Stream target, CancellationToken cancellationToken) =>
        server.Fetch(new ReleaseRequest(address, LargestProgram) { NeedsLength = true }, target, cancellationToken);

    /// <summary>The text of a signature, trimmed.</summary>
    /// <exception cref="ReleaseSourceException">It cannot be had, or is not text.</exception>
    public async Task<string> Signature(Uri address, CancellationToken cancellationToken)
    {
        var request = new ReleaseRequest(address, LargestSignature);
        using var text = new MemoryStream();
        await server.Fetch(request, text, cancellationToken);
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(text.GetBuffer(), 0, (int)text.Length).Trim();
        }
        catch (DecoderFallbackException)
        {
            throw new ReleaseSourceException($"{request.Shown} is not text");
        }
    }

    private KnownManifest? Known(Uri address)
    {
        lock (_gate)
            return _known?.Address == address ? _known : null;
    }

    private static ReleaseManifest Read(ReleaseRequest request, MemoryStream text)
    {
        ReleaseManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(text.GetBuffer().AsSpan(0, (int)text.Length), ReleaseJson.Default.ReleaseManifest);
        }
        catch (JsonException broken)
        {
            throw new ReleaseSourceException($"{request.Shown} is not a manifest: {broken.Message}", broken);
        }

        if (manifest is null or { Version: null or "" })
            throw new ReleaseSourceException($"{request.Shown} names no version");
        return VersionOrder.IsRelease(manifest.Version)
            ? manifest
            : throw new ReleaseSourceException($"{request.Shown} names the version \"{Shorten(manifest.Version)}\", which is not a semantic version");
    }

    private static string Shorten(string text) => text.Length > 64 ? text[..64] + "…" : text;
}
