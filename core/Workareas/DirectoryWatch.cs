using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas;

/// <summary>
/// Tells which directories have changed, when it is asked and not later: the system queues the news, so that whatever happened before the
/// question is in the answer. Linux only, and only where the file system sees every change.
/// </summary>
internal sealed unsafe partial class DirectoryWatch : IDisposable
{
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int WouldBlock = 11;
    private const int Interrupted = 4;
    private const int HeaderBytes = 16;
    private const int BufferBytes = 64 * 1024;
    private const uint Overflow = 0x4000;
    private const uint Ignored = 0x8000;

    // Modified, attributes, closed after writing, moved from and to, created, deleted, itself deleted or moved; a directory, not followed.
    private const uint Everything = 0x2 | 0x4 | 0x8 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x800 | 0x1000000;
    private const uint NotFollowed = 0x2000000;

    private readonly SafeFileHandle _queue;
    private readonly byte[] _buffer = new byte[BufferBytes];

    private DirectoryWatch(SafeFileHandle queue) => _queue = queue;

    /// <summary>Begins; <see langword="null"/> where it cannot be done.</summary>
    /// <param name="root">What will be watched is on its file system.</param>
    public static DirectoryWatch? Begin(string root)
    {
        if (!OperatingSystem.IsLinux() || IsRemote(root))
            return null;
        var queue = new SafeFileHandle(Initialize(NonBlocking | CloseOnExec), ownsHandle: true);
        if (!queue.IsInvalid)
            return new DirectoryWatch(queue);
        queue.Dispose();
        return null;
    }

    /// <summary>Watches a directory.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="follow">Whether it may be a link.</param>
    /// <returns>Its number; negative when it cannot be watched.</returns>
    public int Add(string path, bool follow = false) => AddWatch(_queue, path, follow ? Everything : Everything | NotFollowed);

    /// <summary>Forgets a directory.</summary>
    public void Remove(int number) => _ = RemoveWatch(_queue, number);

    /// <summary>Takes the news that there are.</summary>
    /// <param name="changed">Told the number of each directory in which something changed and the name of it there, if it has one.</param>
    /// <returns>Whether the news are complete; if not, everything may have changed.</returns>
    public bool Take(Action<int, string> changed)
    {
        fixed (byte* buffer = _buffer)
            while (true)
            {
                var count = Read(_queue, buffer, BufferBytes);
                if (count < 0 && Marshal.GetLastPInvokeError() is Interrupted)
                    continue;
                if (count <= 0)
                    return count == 0 || Marshal.GetLastPInvokeError() == WouldBlock;
                if (!Tell(_buffer.AsSpan(0, (int)count), changed))
                    return false;
            }
    }

    /// <inheritdoc/>
    public void Dispose() => _queue.Dispose();

    private static bool Tell(ReadOnlySpan<byte> news, Action<int, string> changed)
    {
        while (!news.IsEmpty)
        {
            var mask = MemoryMarshal.Read<uint>(news[4..]);
            if ((mask & Overflow) != 0)
                return false;
            var length = (int)MemoryMarshal.Read<uint>(news[12..]);
            var name = news.Slice(HeaderBytes, length);
            var end = name.IndexOf((byte)0);
            if ((mask & Ignored) == 0)
                changed(MemoryMarshal.Read<int>(news), Encoding.UTF8.GetString(end < 0 ? name : name[..end]));
            news = news[(HeaderBytes + length)..];
        }

        return true;
    }

    // Other machines change such file systems without this one hearing of it.
    private static bool IsRemote(string path)
    {
        var status = stackalloc byte[256];
        return FileSystemStatus(path, status) != 0
            || (uint)*(long*)status is 0x6969 or 0xFF534D42 or 0xFE534D42 or 0x517B or 0x65735546 or 0x01021997 or 0x00C36400 or 0x0BD00BD0 or 0x5346414F or 0x19830326 or 0x47504653 or 0x01161970
                or 0x7461636F or 0x786F4256 or 0xBACBACBC or 0x6B414653 or 0x73757245;
    }

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int Initialize(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddWatch(SafeFileHandle queue, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "inotify_rm_watch", SetLastError = true)]
    private static partial int RemoveWatch(SafeFileHandle queue, int number);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle queue, byte* buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "statfs", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileSystemStatus(string path, byte* status);
}
