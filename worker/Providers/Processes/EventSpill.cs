using System.Buffers.Binary;
using System.Text.Json;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Providers.Processes;

/// <summary>Events on the disk, first in first out, in a file that nobody else sees and that is gone with its owner.</summary>
internal sealed class EventSpill : IDisposable
{
    private readonly FileStream _file;
    private long _readAt;
    private long _writeAt;

    /// <summary>Makes the file.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public EventSpill(string directory)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var path = Path.Combine(directory, $"events-{Guid.NewGuid():N}.spill");
        _file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
            File.Delete(path); // so that not even a worker that is killed leaves it behind
    }

    /// <summary>How many are there.</summary>
    public int Count { get; private set; }

    /// <summary>Adds one.</summary>
    /// <exception cref="IOException">The disk refused; it is as if nothing had been added.</exception>
    public void Write(AgentEvent happening)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(happening, ControlApiJson.Default.AgentEvent);
        var record = new byte[sizeof(int) + content.Length];
        BinaryPrimitives.WriteInt32LittleEndian(record, content.Length);
        content.CopyTo(record, sizeof(int));
        RandomAccess.Write(_file.SafeFileHandle, record, _writeAt);
        _writeAt += record.Length;
        Count++;
    }

    /// <summary>Takes the first; there is one.</summary>
    /// <exception cref="IOException">The disk refused, or holds something else.</exception>
    /// <exception cref="JsonException">The disk holds something else.</exception>
    public AgentEvent Read()
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        Fill(length);
        var size = BinaryPrimitives.ReadInt32LittleEndian(length);
        if (size < 0 || size > _writeAt - _readAt)
            throw new IOException("the events on the disk are not those that were written");
        var content = new byte[size];
        Fill(content);
        Count--;
        return JsonSerializer.Deserialize(content, ControlApiJson.Default.AgentEvent)!;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Fill(Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            var count = RandomAccess.Read(_file.SafeFileHandle, target, _readAt);
            if (count == 0)
                throw new EndOfStreamException("the events on the disk end early");
            _readAt += count;
            target = target[count..];
        }
    }
}
