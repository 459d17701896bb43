using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Donmai.FakePlatform.Releases;

/// <summary>Releases of the daemon, for tests of its updates.</summary>
public sealed class ReleaseShelf
{
    private readonly Ledger _ledger;
    private readonly List<(Release Release, DateTimeOffset At)> _published = [];

    internal ReleaseShelf(Ledger ledger) => _ledger = ledger;

    /// <summary>Puts a file on the shelf; its version is the newest of its channel from now on.</summary>
    public void Publish(Release release)
    {
        lock (_ledger.Gate)
        {
            _published.RemoveAll(old => old.Release.Channel == release.Channel && old.Release.Version == release.Version && old.Release.FileName == release.FileName);
            _published.Add((release, _ledger.Now));
        }
    }

    /// <summary>The manifest of a version, or of the newest one.</summary>
    internal JsonObject Manifest(string channel, string? version)
    {
        lock (_ledger.Gate)
        {
            var newest = version ?? _published.LastOrDefault(entry => entry.Release.Channel == channel).Release?.Version;
            var files = _published.Where(entry => entry.Release.Channel == channel && entry.Release.Version == newest).ToList();
            if (files.Count == 0)
                throw RefusedException.NotFound("no such release");
            return new JsonObject
            {
                ["version"] = newest,
                ["sha256"] = Hash(files[^1].Release),
                ["releasedAt"] = WireTime.Of(files[^1].At),
                ["files"] = new JsonObject(files.Select(static file => KeyValuePair.Create(file.Release.FileName, (JsonNode?)Hash(file.Release)))),
            };
        }
    }

    /// <summary>The bytes of a file, or of its signature.</summary>
    internal byte[] File(string channel, string version, string name)
    {
        const string Signature = ".sig";
        var signature = name.EndsWith(Signature, StringComparison.Ordinal);
        var file = signature ? name[..^Signature.Length] : name;
        lock (_ledger.Gate)
        {
            var release = _published.FirstOrDefault(entry => entry.Release.Channel == channel && entry.Release.Version == version && entry.Release.FileName == file).Release;
            var bytes = signature ? release?.Signature : release?.Content;
            return bytes is { Length: > 0 } ? bytes : throw RefusedException.NotFound("no such file");
        }
    }

    private static string Hash(Release release) => Convert.ToHexStringLower(SHA256.HashData(release.Content));
}
