using Donmai.Silo.Storage;

namespace Donmai.Silo.Tests.Storage;

/// <summary>
/// The real disk, with a power cut at a chosen operation: from then on everything fails, and <see cref="LosePower"/> takes back
/// what had not been flushed by then, names included.
/// </summary>
internal sealed class PowerCutDisk(string directory, int operations) : IJournalDisk
{
    private readonly JournalDisk _disk = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Contents> _files = [];
    private Dictionary<string, Contents> _flushedNames = [];
    private int _left = operations;

    /// <summary>Whether the power went.</summary>
    public bool IsOff
    {
        get
        {
            lock (_gate)
                return _left < 0;
        }
    }

    public IReadOnlyList<string> List(string path) => _disk.List(path);

    public IJournalFile Create(string path) => Do(() =>
    {
        var contents = new Contents();
        _files[path] = contents;
        return new CutFile(this, _disk.Create(path), contents);
    });

    public IJournalFile Open(string path) => throw new NotSupportedException("These tests begin with an empty directory.");

    public void Rename(string path, string newPath) => Do(() =>
    {
        _disk.Rename(path, newPath);
        _files.Remove(path, out var contents);
        _files[newPath] = contents!;
        return 0;
    });

    public void Delete(string path) => Do(() =>
    {
        _disk.Delete(path);
        _files.Remove(path);
        return 0;
    });

    public void FlushDirectory(string path) => Do(() =>
    {
        _flushedNames = new(_files);
        return 0;
    });

    /// <summary>Leaves in the directory only what a disk has for certain.</summary>
    public void LosePower()
    {
        foreach (var path in Directory.EnumerateFiles(directory).Where(path => !path.EndsWith("lock", StringComparison.Ordinal)))
            File.Delete(path);
        foreach (var (path, contents) in _flushedNames)
            File.WriteAllBytes(path, contents.Flushed);
    }

    private T Do<T>(Func<T> operation)
    {
        lock (_gate)
        {
            if (--_left < 0)
                throw new IOException("The power is off.");
            return operation();
        }
    }

    private sealed class Contents
    {
        public byte[] Flushed { get; set; } = [];
    }

    private sealed class CutFile(PowerCutDisk disk, IJournalFile file, Contents contents) : IJournalFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellation) =>
            file.ReadAsync(buffer, offset, cancellation);

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset)
        {
            // The power may go in the middle of a write.
            disk.Do(() =>
            {
                file.Write([parts[0][..(parts[0].Length / 2)]], offset);
                return 0;
            });
            disk.Do(() =>
            {
                file.Write(parts, offset);
                return 0;
            });
        }

        public void Truncate(long length) => disk.Do(() =>
        {
            file.Truncate(length);
            return 0;
        });

        public void Flush() => disk.Do(() =>
        {
            var bytes = new byte[file.Length];
            file.Read(bytes, 0);
            contents.Flushed = bytes;
            return 0;
        });

        public void Dispose() => file.Dispose();
    }
}
