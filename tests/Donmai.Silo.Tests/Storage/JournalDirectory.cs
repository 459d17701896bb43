using System.Globalization;
using Donmai.Silo.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Silo.Tests.Storage;

/// <summary>A journal's directory for the time of a test, and short words for what tests do with a journal.</summary>
internal sealed class JournalDirectory : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("donmai-journal-").FullName;

    public JournalDirectory() => Path = System.IO.Path.Combine(_root, "journal");

    public string Path { get; }

    public static JournalKey Key(int number) => new("state", string.Create(CultureInfo.InvariantCulture, $"grain/{number}"));

    public Journal Open(ILogger? logger = null, IJournalDisk? disk = null, long segmentLength = 1 << 20, long garbageLength = 1 << 20) =>
        Journal.Open(
            new JournalOptions { Directory = Path, SegmentLength = segmentLength, GarbageLength = garbageLength },
            disk ?? new JournalDisk(),
            logger ?? NullLogger.Instance);

    public string File(int number, string extension = JournalFiles.LogExtension) =>
        System.IO.Path.Combine(Path, number.ToString("D8", CultureInfo.InvariantCulture) + extension);

    public string[] FileNames() =>
        [.. Directory.EnumerateFiles(Path).Select(path => System.IO.Path.GetFileName(path)).Where(name => name is not ("lock" or "holder")).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
