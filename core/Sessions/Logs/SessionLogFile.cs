namespace Donmai.Core.Sessions.Logs;

/// <summary>
/// One session's log as it is written: readable by its owner only, continued in a new file when it has grown. No file is held open between
/// writes.
/// </summary>
internal sealed class SessionLogFile(string path, SessionLogs logs)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyDirectory = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>What is kept.</summary>
    internal SessionLogLimits Limits => logs.Limits;

    /// <summary>Bytes in the newest file.</summary>
    internal long Length { get; private set; }

    /// <summary>Begins a log: what a former session of the same id left becomes an older part.</summary>
    internal void Begin()
    {
        MakeDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path))
            Rotate();
        Length = 0;
    }

    /// <summary>Goes on with a log of which so many bytes are known to be accounted for; what was written after them will be written again.</summary>
    internal void Resume(long accounted)
    {
        Length = new FileInfo(path) is { Exists: true } file ? Math.Min(file.Length, accounted) : 0;
        if (!File.Exists(path))
            return;
        using var opened = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.SetLength(opened, Length);
    }

    /// <summary>Whether so many bytes more belong into a new file.</summary>
    internal bool IsFullFor(int bytes) => Length > 0 && Length + bytes > Limits.FileBytes;

    /// <summary>Continues in a new file.</summary>
    internal void Rotate()
    {
        logs.Rotate(path);
        Length = 0;
    }

    /// <summary>Writes at the end.</summary>
    internal void Append(ReadOnlySpan<byte> text)
    {
        MakeDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, Options());
        // What somebody else did to the file meanwhile is not written over, and nothing torn stays behind a failed write.
        Length = Math.Min(Length, file.Length);
        file.SetLength(Length);
        file.Seek(Length, SeekOrigin.Begin);
        file.Write(text);
        file.Flush();
        Length += text.Length;
    }

    private static void MakeDirectory(string directory)
    {
        if (Directory.Exists(directory))
            return;
        if (Path.GetDirectoryName(directory) is { } parent)
            MakeDirectory(parent);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, OwnerOnlyDirectory);
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return options;
    }
}
