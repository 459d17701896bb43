using System.Runtime.InteropServices;
using System.Text;

namespace Donmai.Core.Sessions.Processes;

/// <summary>Asks the system's process library. A zombie is not shown by it, and counts as gone.</summary>
internal sealed unsafe partial class MacProcesses : ISystemProcesses
{
    private const int BasicFacts = 3;
    private const int ArgumentsAndEnvironment = 49;
    private const int Kernel = 1;
    private const int ZombieStatus = 5;
    private const int LargestEnvironment = 1024 * 1024;

    // struct proc_bsdinfo
    private const int FactsSize = 136;
    private const int StatusOffset = 4;
    private const int ParentOffset = 16;
    private const int StartSecondsOffset = 120;
    private const int StartMicrosecondsOffset = 128;

    public string BootId { get; } = ReadBootId();

    public ProcessSight? Look(int pid)
    {
        var facts = stackalloc byte[FactsSize];
        if (Facts(pid, BasicFacts, 0, facts, FactsSize) != FactsSize)
            return null;
        var start = (*(ulong*)(facts + StartSecondsOffset) * 1_000_000) + *(ulong*)(facts + StartMicrosecondsOffset);
        return new ProcessSight(pid, *(int*)(facts + ParentOffset), SessionOf(pid), start, *(int*)(facts + StatusOffset) == ZombieStatus);
    }

    public void List(List<(int Pid, ulong Incarnation)> found)
    {
        found.Clear();
        var pids = new int[Math.Max(ListPids(null, 0), 0) + 64];
        int count;
        fixed (int* buffer = pids)
            count = ListPids(buffer, pids.Length * sizeof(int));
        foreach (var pid in pids.AsSpan(0, Math.Clamp(count, 0, pids.Length)))
            if (Look(pid) is { } sight)
                found.Add((pid, sight.Start));
    }

    public int? LastPid() => null;

    public long PrivateBytes(int pid) => 0;

    public string? Variable(int pid, string name, out bool readable)
    {
        var text = Arguments(pid);
        readable = text.Length > sizeof(int);
        var rest = Environment(text);
        var key = Encoding.UTF8.GetBytes(name + "=");
        while (!rest.IsEmpty)
            if (Next(ref rest) is var entry && entry.StartsWith(key))
                return Encoding.UTF8.GetString(entry[key.Length..]);
        return null;
    }

    public IReadOnlyList<KeyValuePair<string, string>> Variables(int pid)
    {
        var found = new List<KeyValuePair<string, string>>();
        var rest = Environment(Arguments(pid));
        while (!rest.IsEmpty)
            if (Encoding.UTF8.GetString(Next(ref rest)).Split('=', 2) is [var name, var value])
                found.Add(KeyValuePair.Create(name, value));
        return found;
    }

    // Number of arguments, program, padding, arguments, environment.
    private static Span<byte> Environment(byte[] text)
    {
        if (text.Length <= sizeof(int))
            return [];
        var left = MemoryMarshal.Read<int>(text);
        var rest = text.AsSpan(sizeof(int));
        _ = Next(ref rest);
        rest = rest.TrimStart((byte)0);
        for (; left > 0; left--)
            _ = Next(ref rest);
        return rest;
    }

    private static Span<byte> Next(ref Span<byte> rest)
    {
        var end = rest.IndexOf((byte)0);
        var entry = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return entry;
    }

    private static byte[] Arguments(int pid)
    {
        var name = stackalloc int[] { Kernel, ArgumentsAndEnvironment, pid };
        var buffer = new byte[LargestEnvironment];
        nuint length = LargestEnvironment;
        fixed (byte* target = buffer)
            return SystemControl(name, 3, target, &length, null, 0) == 0 ? buffer[..(int)length] : [];
    }

    private static string ReadBootId()
    {
        const int Longest = 64;
        var text = stackalloc byte[Longest];
        nuint length = Longest;
        return SystemControlByName("kern.bootsessionuuid", text, &length, null, 0) == 0
            ? Marshal.PtrToStringUTF8((nint)text) ?? ""
            : throw new PlatformNotSupportedException("The system does not tell its boot session.");
    }

    [LibraryImport("libproc", EntryPoint = "proc_pidinfo")]
    private static partial int Facts(int pid, int kind, ulong argument, byte* buffer, int size);

    [LibraryImport("libproc", EntryPoint = "proc_listallpids")]
    private static partial int ListPids(int* buffer, int size);

    [LibraryImport("libc", EntryPoint = "getsid")]
    private static partial int SessionOf(int pid);

    [LibraryImport("libc", EntryPoint = "sysctl")]
    private static partial int SystemControl(int* name, uint words, byte* value, nuint* length, byte* newValue, nuint newLength);

    [LibraryImport("libc", EntryPoint = "sysctlbyname", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SystemControlByName(string name, byte* value, nuint* length, byte* newValue, nuint newLength);
}
