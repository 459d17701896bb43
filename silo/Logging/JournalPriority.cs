using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Logging;

/// <summary>Tells a system journal how important a line is, by the prefix it reads from a service's standard error (<c>sd-daemon(3)</c>).</summary>
/// <param name="line">The line itself.</param>
internal sealed class JournalPriority(ILogLayout line) : ILogLayout
{
    private const string Variable = "JOURNAL_STREAM";
    private const string StandardError = "/proc/self/fd/2";

    /// <summary>
    /// Whether standard error of this process is the journal: the variable names the socket by its inode. Programs that a service's terminal
    /// starts inherit the variable, not the socket.
    /// </summary>
    public static bool IsOnStandardError()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(Variable)?.Split(':') is not [_, { Length: > 0 } inode])
            return false;
        try
        {
            return new FileInfo(StandardError).LinkTarget == $"socket:[{inode}]";
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Write(LogEntry entry, ArrayBufferWriter<byte> output)
    {
        var priority = entry.Level switch
        {
            LogLevel.Trace or LogLevel.Debug => 7,
            LogLevel.Information => 6,
            LogLevel.Warning => 4,
            LogLevel.Error => 3,
            _ => 2,
        };
        Encoding.UTF8.GetBytes($"<{priority}>", output);
        line.Write(entry, output);
    }
}
