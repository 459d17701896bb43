using System.Buffers;

namespace Donmai.Silo.Logging;

/// <summary>Writes an entry down as one line.</summary>
internal interface ILogLayout
{
    /// <summary>Appends the line, with its line feed.</summary>
    void Write(LogEntry entry, ArrayBufferWriter<byte> output);
}
