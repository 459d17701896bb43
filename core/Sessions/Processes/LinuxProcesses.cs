using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Sessions.Processes;

/// <summary>Reads <c>/proc</c> with as few system calls as it takes: it is read at every end of a session.</summary>
internal sealed unsafe class LinuxProcesses : ISystemProcesses
{
    private const int StatSize = 1024;
    private const int DirectorySize = 32 * 1024;
    private const int LargestEnvironment = 4 * 1024 * 1024;
    private const int StateField = 0;
    private const int ParentField = 1;
    private const int SessionField = 3;
    private const int StartField = 19;

    // linux_dirent64: inode (8), offset (8), record length (2), type (1), name.
    private const int EntryLength = 16;
    private const int EntryName = 19;

    public string BootId { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    public ProcessSight? Look(int pid)
    {
        Span<byte> buffer = stackalloc byte[StatSize];
        var read = Read(pid, "stat"u8, buffer);
        return read > 0 ? Parse(pid, buffer[..read]) : null;
    }

    public void List(List<(int Pid, ulong Incarnation)> found)
    {
        found.Clear();
        fixed (byte* root = "/proc"u8)
        {
            var directory = PosixSessions.Open(root, PosixSessions.ReadOnly | PosixSessions.CloseOnExec, 0);
            if (directory < 0)
                throw new IOException($"/proc cannot be read: {Marshal.GetLastPInvokeErrorMessage()}.");
            var buffer = stackalloc byte[DirectorySize];
            nint length;
            while ((length = PosixSessions.ReadDirectory(directory, buffer, DirectorySize)) > 0)
                for (nint at = 0; at < length; at += *(ushort*)(buffer + at + EntryLength))
                {
                    var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer + at + EntryName);
                    if (Utf8Parser.TryParse(name, out int pid, out var used) && used == name.Length)
                        found.Add((pid, *(ulong*)(buffer + at)));
                }

            _ = PosixChildren.Close(directory);
        }
    }

    // "0.20 0.18 0.12 1/80 11206": the last field.
    public int? LastPid()
    {
        Span<byte> buffer = stackalloc byte[StatSize];
        var read = ReadAt("/proc/loadavg"u8, buffer);
        var line = buffer[..Math.Max(read, 0)].TrimEnd((byte)'\n');
        return Utf8Parser.TryParse(line[(line.LastIndexOf((byte)' ') + 1)..], out int pid, out _) ? pid : null;
    }

    // "size resident shared …", in pages.
    public long PrivateBytes(int pid)
    {
        Span<byte> buffer = stackalloc byte[StatSize];
        var read = Read(pid, "statm"u8, buffer);
        Span<long> pages = stackalloc long[3];
        var rest = (ReadOnlySpan<byte>)buffer[..Math.Max(read, 0)];
        for (var field = 0; field < pages.Length; field++)
        {
            if (!Utf8Parser.TryParse(rest, out pages[field], out var used) || used == rest.Length)
                return 0;
            rest = rest[(used + 1)..];
        }

        return Math.Max(0, pages[1] - pages[2]) * Environment.SystemPageSize;
    }

    public string? Variable(int pid, string name, out bool readable)
    {
        var environment = ReadWhole(pid, "environ"u8);
        readable = environment.Length > 0;
        var key = Encoding.UTF8.GetBytes(name + "=");
        ReadOnlySpan<byte> rest = environment;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)0);
            var entry = end < 0 ? rest : rest[..end];
            if (entry.StartsWith(key))
                return Encoding.UTF8.GetString(entry[key.Length..]);
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return null;
    }

    public IReadOnlyList<KeyValuePair<string, string>> Variables(int pid) =>
    [
        .. Encoding.UTF8.GetString(ReadWhole(pid, "environ"u8)).Split('\0')
            .Select(static entry => entry.Split('=', 2))
            .Where(static words => words.Length > 1)
            .Select(static words => KeyValuePair.Create(words[0], words[1])),
    ];

    // "pid (name) state ppid pgrp session …": the name may contain blanks and parentheses.
    private static ProcessSight? Parse(int pid, ReadOnlySpan<byte> line)
    {
        var name = line.LastIndexOf((byte)')');
        if (name < 0 || name + 2 >= line.Length)
            return null;
        var rest = line[(name + 2)..];
        var zombie = rest[StateField] is (byte)'Z' or (byte)'X';
        int parent = 0, session = 0;
        for (var field = 0; field <= StartField; field++)
        {
            var end = rest.IndexOf((byte)' ');
            if (end < 0)
                return null;
            switch (field)
            {
                case ParentField: _ = Utf8Parser.TryParse(rest, out parent, out _); break;
                case SessionField: _ = Utf8Parser.TryParse(rest, out session, out _); break;
                case StartField:
                    return Utf8Parser.TryParse(rest, out ulong start, out _) ? new ProcessSight(pid, parent, session, start, zombie) : null;
                default: break;
            }

            rest = rest[(end + 1)..];
        }

        return null;
    }

    private static byte[] ReadWhole(int pid, ReadOnlySpan<byte> file)
    {
        for (var size = 16 * 1024; ; size *= 4)
        {
            var buffer = new byte[size];
            var read = Read(pid, file, buffer);
            if (read < size || size >= LargestEnvironment)
                return buffer[..Math.Max(read, 0)];
        }
    }

    /// <summary>Reads <c>/proc/&lt;pid&gt;/&lt;file&gt;</c> until it ends or the buffer is full.</summary>
    /// <returns>Bytes read; below zero when it cannot be read.</returns>
    private static int Read(int pid, ReadOnlySpan<byte> file, Span<byte> buffer)
    {
        Span<byte> path = stackalloc byte[48];
        path.Clear();
        "/proc/"u8.CopyTo(path);
        _ = Utf8Formatter.TryFormat(pid, path[6..], out var digits);
        path[6 + digits] = (byte)'/';
        file.CopyTo(path[(7 + digits)..]);
        return ReadAt(path, buffer);
    }

    /// <summary>Reads a file until it ends or the buffer is full.</summary>
    /// <param name="path">Its path, ending in a zero byte.</param>
    /// <param name="buffer">Receives it.</param>
    /// <returns>Bytes read; below zero when it cannot be read.</returns>
    private static int ReadAt(ReadOnlySpan<byte> path, Span<byte> buffer)
    {
        fixed (byte* name = path, target = buffer)
        {
            var descriptor = PosixSessions.Open(name, PosixSessions.ReadOnly | PosixSessions.CloseOnExec, 0);
            if (descriptor < 0)
                return -1;
            var total = 0;
            nint count;
            while (total < buffer.Length && (count = PosixSessions.Read(descriptor, target + total, buffer.Length - total)) > 0)
                total += (int)count;
            _ = PosixChildren.Close(descriptor);
            return total;
        }
    }
}
