namespace Donmai.Silo.Tests.Logging;

/// <summary>A pipe whose reader does not read, until it is disposed of.</summary>
internal sealed class StalledStream : Stream
{
    private readonly ManualResetEventSlim _end = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => _end.Wait();

    public override void Write(ReadOnlySpan<byte> buffer) => _end.Wait();

    protected override void Dispose(bool disposing)
    {
        _end.Set();
        base.Dispose(disposing);
    }
}
