using System.Runtime.InteropServices;

namespace Donmai.Core.Sessions.Children;

/// <summary>The system calls that child processes with pipes need.</summary>
internal static unsafe partial class PosixChildren
{
    internal const int InterruptedCall = 4;
    internal const int NoHang = 1;
    internal const int ProcessById = 1;
    internal const int Exited = 4;

    /// <summary>Room for the opaque structures of every supported C library (glibc: 336, 80, 128 bytes).</summary>
    internal const int OpaqueSize = 512;

    internal const short SetProcessGroup = 0x02;
    internal const short SetSignalDefaults = 0x04;
    internal const short SetSignalMask = 0x08;

    private const int CloseOnExecLinux = 0x80000;
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExecFlag = 1;

    /// <summary>Leaves a process that ended waitable (<c>WNOWAIT</c>).</summary>
    internal static int LeaveWaitable => OperatingSystem.IsMacOS() ? 0x20 : 0x01000000;

    /// <summary>Makes a pipe whose ends are not inherited.</summary>
    internal static void Pipe(out int readEnd, out int writeEnd)
    {
        var ends = stackalloc int[2];
        var failed = OperatingSystem.IsMacOS() ? PipeMac(ends) : PipeLinux(ends, CloseOnExecLinux);
        if (failed != 0)
            throw new IOException($"No pipe could be made: {Marshal.GetLastPInvokeErrorMessage()}.");
        if (OperatingSystem.IsMacOS())
        {
            _ = Control(ends[0], SetDescriptorFlags, CloseOnExecFlag);
            _ = Control(ends[1], SetDescriptorFlags, CloseOnExecFlag);
        }

        (readEnd, writeEnd) = (ends[0], ends[1]);
    }

    [LibraryImport("libc", EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    internal static partial int WaitId(int kind, int id, byte* details, int options);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    internal static partial int WaitPid(int pid, out int status, int options);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    internal static partial int ProcessControl(int option, nuint value, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Spawn(out int pid, string path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    internal static partial int AttributesInit(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    internal static partial int AttributesDestroy(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    internal static partial int AttributesFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setpgroup")]
    internal static partial int AttributesGroup(byte* attributes, int group);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    internal static partial int AttributesDefaultSignals(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    internal static partial int AttributesSignalMask(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    internal static partial int ActionsInit(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static partial int ActionsDestroy(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static partial int ActionsDuplicate(byte* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ActionsDirectory(byte* actions, string path);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    internal static partial int NoSignals(byte* signals);

    [LibraryImport("libc", EntryPoint = "sigaddset")]
    internal static partial int AddSignal(byte* signals, int signal);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int PipeLinux(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "pipe", SetLastError = true)]
    private static partial int PipeMac(int* ends);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);
}
