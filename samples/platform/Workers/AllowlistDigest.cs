using System.Security.Cryptography;
using System.Text;

namespace Donmai.FakePlatform.Workers;

/// <summary>The hash of an allowlist (platform-api.md §6.4), computed here on its own so that a wrong one is found.</summary>
internal static class AllowlistDigest
{
    public static string Of(IEnumerable<ProjectEntry> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in entries
            .OrderBy(static entry => Encoding.UTF8.GetBytes(entry.Id), ByteOrder.Instance)
            .ThenBy(static entry => Encoding.UTF8.GetBytes(entry.Repository), ByteOrder.Instance))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(entry.Id));
            hash.AppendData([0]);
            hash.AppendData(Encoding.UTF8.GetBytes(entry.Repository));
            hash.AppendData([0, 0]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
