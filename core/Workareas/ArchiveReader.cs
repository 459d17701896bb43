using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Donmai.Core.Workareas.Trees;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas;

/// <summary>Opens one archive, and nothing outside it (workareas.md §2.2).</summary>
internal static class ArchiveReader
{
    private const long LargestManifest = 16 * 1024 * 1024;

    private static readonly JsonWriterOptions AsStored = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads the manifest; <see langword="null"/> when the directory is no archive.</summary>
    /// <exception cref="ArchiveProblem">It is one, but cannot be used.</exception>
    internal static ArchiveManifest? Read(DirectoryInfo directory)
    {
        var name = directory.Name;
        if (FileKinds.IsLink(directory))
            throw new ArchiveProblem($"archive \"{name}\" is a symbolic link");
        var path = Path.Join(directory.FullName, ArchiveLayout.ManifestName);
        if (Directory.Exists(path))
            throw new ArchiveProblem($"manifest \"{name}\" is a directory");
        var file = new FileInfo(path);
        if (FileKinds.IsLink(file))
            throw new ArchiveProblem($"manifest \"{name}\" is a symbolic link");
        if (!file.Exists)
            return null;
        if (FileKinds.IsSpecial(file))
            throw new ArchiveProblem($"manifest \"{name}\" is not a file");
        if (FileKinds.IsLink(new DirectoryInfo(Path.Join(directory.FullName, ArchiveLayout.TreeName))))
            throw new ArchiveProblem($"tree of \"{name}\" is a symbolic link");

        var manifest = Parse(name, ReadBytes(directory));
        return manifest.Id is null || manifest.Id == name
            ? manifest
            : throw new ArchiveProblem($"manifest id \"{manifest.Id}\" does not match directory \"{name}\"");
    }

    private static byte[] ReadBytes(DirectoryInfo directory)
    {
        using var file = OpenManifest(directory);
        try
        {
            if (RandomAccess.GetLength(file) is var length && length > LargestManifest)
                throw new ArchiveProblem($"manifest \"{directory.Name}\" is larger than {LargestManifest} bytes");
            var bytes = new byte[length];
            var used = 0;
            while (used < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(used), used) is > 0 and var count)
                used += count;
            return bytes[..used];
        }
        catch (IOException)
        {
            throw Unreadable(directory);
        }
    }

    // What stands there may have become a link or a FIFO since it was looked at: neither is followed nor waited for.
    private static SafeFileHandle OpenManifest(DirectoryInfo directory)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                return File.OpenHandle(Path.Join(directory.FullName, ArchiveLayout.ManifestName));
            using var place = TreeDirectory.Open(directory.FullName);
            return place.OpenFile(Encoding.UTF8.GetBytes(ArchiveLayout.ManifestName));
        }
        catch (Exception refusal) when (refusal is ArchiveProblem or IOException or UnauthorizedAccessException)
        {
            throw Unreadable(directory);
        }
    }

    // The system's own words would show where the archive lies.
    private static ArchiveProblem Unreadable(DirectoryInfo directory) => new($"manifest \"{directory.Name}\" cannot be read");

    private static ArchiveManifest Parse(string name, byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new ArchiveProblem($"parse manifest \"{name}\": it is no JSON object");
            return document.RootElement.Deserialize(ArchiveManifestJson.Default.ArchiveManifest)! with { Stored = Stored(document.RootElement) };
        }
        catch (JsonException invalid)
        {
            throw new ArchiveProblem($"parse manifest \"{name}\": {invalid.Message}");
        }
        catch (InvalidOperationException)
        {
            // Half of a character, or bytes that are none: correct as JSON, but no text.
            throw new ArchiveProblem($"parse manifest \"{name}\": it holds something that is no text");
        }
    }

    // One line, the values unchanged.
    private static JsonText Stored(JsonElement manifest)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, AsStored))
            manifest.WriteTo(writer);
        return new JsonText(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
