using Donmai.Silo.Storage;

namespace Donmai.Silo.Tests.Storage;

/// <summary>The real disk, whose next flush of a file fails and whose files cannot be cut.</summary>
internal sealed class FailingFlushDisk : IJournalDisk
{
    private readonly JournalDisk _disk = new();

    public bool FailNext { get; set; }

    public IReadOnlyList<string> List(string directory) => _disk.List(directory);

    public IJournalFile Create(string path) => new FailingFile(this, _disk.Create(path));

    public IJournalFile Open(string path) => new FailingFile(this, _disk.Open(path));

    public void Rename(string path, string newPath) => _disk.Rename(path, newPath);

    public void Delete(string path) => _disk.Delete(path);

    public void FlushDirectory(string path) => _disk.FlushDirectory(path);

    private sealed class FailingFile(FailingFlushDisk disk, IJournalFile file) : IJournalFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellation) =>
            file.ReadAsync(buffer, offset, cancellation);

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset) => file.Write(parts, offset);

        public void Truncate(long length) => throw new IOException("the file cannot be cut.");

        public void Flush()
        {
            if (disk.FailNext)
            {
                disk.FailNext = false;
                throw new IOException("the cable is loose.");
            }

            file.Flush();
        }

        public void Dispose() => file.Dispose();
    }
}
