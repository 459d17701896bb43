using System.Security.Cryptography;
using System.Text;
using Donmai.Core.Daemon;
using Donmai.Platform;

namespace Donmai.Core.Platform;

/// <summary>The allowlist as the platform is told of it (platform-api.md §6.3, §6.4).</summary>
public sealed record AllowlistReport
{
    private AllowlistReport(List<AllowedProject> entries, string? hash)
    {
        Entries = entries;
        Hash = hash;
    }

    /// <summary>The entries, sorted by id and then by repository in the byte order of UTF-8; none means that nothing is reported.</summary>
    public List<AllowedProject> Entries { get; }

    /// <summary>SHA-256 of the entries in lower-case hex; <see langword="null"/> without entries.</summary>
    public string? Hash { get; }

    /// <summary>The report of a list of projects. Entries without id or repository are passed over; texts are taken as they are written, but for a password.</summary>
    public static AllowlistReport Of(IReadOnlyList<ProjectConfiguration> projects)
    {
        var entries = projects
            .Where(static project => project.Id.Length > 0 && project.Repository.Length > 0)
            .Select(static project => new AllowedProject { Id = project.Id, Repository = RepositorySecrets.Strip(project.Repository) })
            .OrderBy(static entry => Encoding.UTF8.GetBytes(entry.Id), ByteOrder.Instance)
            .ThenBy(static entry => Encoding.UTF8.GetBytes(entry.Repository), ByteOrder.Instance)
            .ToList();
        return new AllowlistReport(entries, entries.Count == 0 ? null : HashOf(entries));
    }

    private static string HashOf(List<AllowedProject> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in entries)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(entry.Id));
            hash.AppendData([0]);
            hash.AppendData(Encoding.UTF8.GetBytes(entry.Repository));
            hash.AppendData([0, 0]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
