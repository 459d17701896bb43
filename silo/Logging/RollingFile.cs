namespace Donmai.Silo.Logging;

/// <summary>
/// A log file that does not grow for ever: at <paramref name="largest"/> bytes it becomes <c>name.1</c>, the former one <c>name.2</c>, and so on.
/// All are readable by their owner only.
/// </summary>
/// <param name="path">The file, absolute.</param>
/// <param name="largest">Bytes of one file.</param>
/// <param name="kept">Files in all, the one that is written to included; at least 2.</param>
/// <param name="clock">Source of time.</param>
internal sealed class RollingFile(string path, long largest, int kept, TimeProvider clock) : ILogSink
{
    private const UnixFileMode FileMode0600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryMode0700 = FileMode0600 | UnixFileMode.UserExecute;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private FileStream? _file;
    private long _length;
    private long _turnAt;
    private long _lookedAt;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> line)
    {
        if (_file is not null && IsTakenAway())
            Close();
        _file ??= Open();
        if (_length > 0 && _length + line.Length > _turnAt)
            Turn();
        try
        {
            _file!.Write(line);
            _length += line.Length;
        }
        catch (IOException)
        {
            CutOff();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    /// <summary>Somebody else may rotate or remove the file; what is written then would be seen by nobody.</summary>
    private bool IsTakenAway()
    {
        if (clock.GetElapsedTime(_lookedAt) < LookEvery)
            return false;
        _lookedAt = clock.GetTimestamp();
        return !File.Exists(path);
    }

    private FileStream Open()
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } directory && !Directory.Exists(directory))
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(directory);
            else
                Directory.CreateDirectory(directory, DirectoryMode0700);
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = FileMode0600;
        var file = new FileStream(path, options);
        _length = file.Seek(0, SeekOrigin.End);
        _turnAt = Math.Max(largest, _turnAt);
        _lookedAt = clock.GetTimestamp();
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file.SafeFileHandle) != FileMode0600)
            File.SetUnixFileMode(file.SafeFileHandle, FileMode0600);
        return file;
    }

    private void Turn()
    {
        try
        {
            for (var number = kept - 1; number > 1; number--)
                if (File.Exists(Numbered(number - 1)))
                    File.Move(Numbered(number - 1), Numbered(number), overwrite: true);
            File.Move(path, Numbered(1), overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            _turnAt = _length + largest; // better a long file than no log; tried again after as much
            return;
        }

        Close();
        _turnAt = largest;
        _file = Open();
    }

    /// <summary>Half a line would spoil the next one.</summary>
    private void CutOff()
    {
        try
        {
            _file!.SetLength(_length);
            _file.Seek(_length, SeekOrigin.Begin);
        }
        catch (IOException)
        {
            Close();
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private string Numbered(int number) => $"{path}.{number}";
}
