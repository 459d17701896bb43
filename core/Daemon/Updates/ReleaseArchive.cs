using System.Formats.Tar;
using System.IO.Compression;

namespace Donmai.Core.Daemon.Updates;

/// <summary>
/// Unpacks the archive of a release: files and directories only, nowhere else than into its own directory (links and names that lead out are
/// refused), within a size.
/// </summary>
internal static class ReleaseArchive
{
    private const long Largest = 2L * 1024 * 1024 * 1024;
    private const int MostEntries = 20_000;
    private const UnixFileMode DirectoryMode = (UnixFileMode)0b111_101_101;
    private const UnixFileMode FileMode = (UnixFileMode)0b110_100_100;
    private const UnixFileMode ExecutableMode = (UnixFileMode)0b111_101_101;

    /// <summary>Unpacks an archive into a new directory.</summary>
    /// <exception cref="IOException">It cannot be unpacked, or holds what no release holds.</exception>
    internal static void Unpack(string archive, string directory, CancellationToken cancellationToken)
    {
        Create(directory);
        try
        {
            using var file = File.OpenRead(archive);
            using var unzipped = new GZipStream(file, CompressionMode.Decompress);
            using var entries = new TarReader(unzipped);
            var (left, count) = (Largest, 0);
            while (entries.GetNextEntry() is { } entry)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (++count > MostEntries || (left -= entry.Length) < 0)
                    throw new IOException("the archive holds more than a release can");
                Take(entry, directory);
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or FormatException or NotSupportedException)
        {
            throw new IOException($"the archive is damaged: {broken.Message}", broken);
        }
    }

    private static void Take(TarEntry entry, string directory)
    {
        if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
            return;
        var target = Inside(directory, entry.Name);
        if (entry.EntryType is TarEntryType.Directory)
            Create(target);
        else if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            Write(entry, target);
        else
            throw new IOException($"the archive holds \"{entry.Name}\", which is neither a file nor a directory");
    }

    private static string Inside(string directory, string name)
    {
        if (name.Length == 0 || Path.IsPathRooted(name) || name.Contains('\0', StringComparison.Ordinal) || name.Split('/').Contains(".."))
            throw new IOException($"the archive holds \"{name}\", which leads out of it");
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(directory, name)));
    }

    private static void Write(TarEntry entry, string target)
    {
        Create(Path.GetDirectoryName(target)!);
        var options = new FileStreamOptions { Mode = System.IO.FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = (entry.Mode & UnixFileMode.UserExecute) != UnixFileMode.None ? ExecutableMode : FileMode;
        using var file = new FileStream(target, options);
        entry.DataStream?.CopyTo(file);
        file.Flush(flushToDisk: true);
    }

    private static void Create(string directory)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, DirectoryMode);
    }
}
