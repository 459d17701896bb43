using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Logging;

/// <summary>One line for people. What would break the line, or a terminal, is replaced.</summary>
/// <param name="withTime">Whether the time stands in front; a journal adds its own.</param>
internal sealed class TextLayout(bool withTime) : ILogLayout
{
    private const string LineBreak = " ⏎ ";

    /// <inheritdoc/>
    public void Write(LogEntry entry, ArrayBufferWriter<byte> output)
    {
        var line = new StringBuilder();
        if (withTime)
            line.Append(entry.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", CultureInfo.InvariantCulture));
        line.Append(Word(entry.Level)).Append(": ").Append(entry.Category).Append('[').Append(entry.EventId).Append("] ");
        foreach (var scope in entry.Scopes)
            AppendClean(line, scope).Append(" => ");
        AppendClean(line, entry.Message);
        if (entry.Exception is { } exception)
            AppendClean(line.Append(LineBreak), exception);
        line.Append('\n');
        foreach (var piece in line.GetChunks())
            Encoding.UTF8.GetBytes(piece.Span, output);
    }

    private static StringBuilder AppendClean(StringBuilder line, string text)
    {
        foreach (var sign in text.AsSpan().TrimEnd())
        {
            if (sign == '\n')
                line.Append(LineBreak);
            else if (sign != '\r')
                line.Append(char.IsControl(sign) && sign != '\t' ? '\uFFFD' : sign);
        }

        return line;
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
