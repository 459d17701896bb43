using System.Runtime.InteropServices;

namespace Donmai.Core.Sessions.Processes;

/// <summary>The system calls that session processes need beyond those of children with pipes.</summary>
internal static unsafe partial class PosixSessions
{
    internal const int ReadOnly = 0;
    internal const int CloseOnExec = 0x80000;
    internal const int EpollAdd = 1;
    internal const uint EpollInOnce = 1 | (1u << 30);

    private const int NewSessionLinux = 0x80;
    private const int NewSessionMac = 0x0400;
    private const int CloseOnExecDefaultMac = 0x4000;

    /// <summary>Write, create, append: how output files are opened.</summary>
    internal static int AppendFlags => OperatingSystem.IsMacOS() ? 0x1 | 0x8 | 0x200 : 0x1 | 0x40 | 0x400;

    /// <summary>Flags of <c>posix_spawn</c> that make the process the leader of a new session; on macOS also that nothing is inherited.</summary>
    internal static short NewSession => (short)(OperatingSystem.IsMacOS() ? NewSessionMac | CloseOnExecDefaultMac : NewSessionLinux);

    /// <summary><c>posix_spawn_file_actions_addclosefrom_np</c>, where the C library has it.</summary>
    internal static readonly delegate* unmanaged<byte*, int, int> ActionsCloseFrom =
        NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "posix_spawn_file_actions_addclosefrom_np", out var address)
            ? (delegate* unmanaged<byte*, int, int>)address
            : null;

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    internal static partial int Spawn(int* pid, byte* path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ActionsOpen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    internal static partial int Open(byte* path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, byte* buffer, nint count);

    /// <summary><c>getdents64</c>, by its number: C libraries before glibc 2.30 have no function for it.</summary>
    internal static nint ReadDirectory(int descriptor, byte* buffer, nint count) =>
        SystemCall(RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm ? 217 : 61, descriptor, (nint)buffer, count, 0);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    internal static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    internal static partial int EpollControl(int epoll, int operation, int descriptor, byte* change);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    internal static partial int EpollWait(int epoll, byte* events, int maximum, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    internal static partial int EventCounter(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, byte* buffer, nint count);

    /// <summary><c>pidfd_open</c>: a descriptor that names one process for ever and becomes readable when it ends.</summary>
    internal static int OpenProcess(int pid) => (int)SystemCall(434, pid, 0, 0, 0);

    /// <summary><c>pidfd_send_signal</c>.</summary>
    internal static bool SignalProcess(int descriptor, int signal) => SystemCall(424, descriptor, signal, 0, 0) == 0;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);
}
