using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>
/// Copies the content of a file the cheapest way that the file system has: shared blocks, else within the system, else through a buffer. What
/// it cannot do for one file it is not asked again for the tree's others.
/// </summary>
internal sealed class FileContent
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int InputOutput = 5;
    private const int TooLarge = 27;
    private const int BufferBytes = 128 * 1024;

    private volatile bool _cannotClone;
    private volatile bool _cannotCopyRange;

    /// <summary>Copies all of <paramref name="from"/> into the empty <paramref name="to"/>; both stand at their start.</summary>
    /// <param name="from">Open for reading.</param>
    /// <param name="to">Open for writing.</param>
    /// <param name="size">Bytes that are expected; a file may have more by now.</param>
    /// <exception cref="IOException">A disk refused.</exception>
    public void Copy(SafeFileHandle from, SafeFileHandle to, long size)
    {
        if (size == 0 || TryClone(from, to) || TryCopyRange(from, to))
            return;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var offset = 0L;
            int count;
            while ((count = RandomAccess.Read(from, buffer, offset)) > 0)
            {
                RandomAccess.Write(to, buffer.AsSpan(0, count), offset);
                offset += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool TryClone(SafeFileHandle from, SafeFileHandle to)
    {
        if (_cannotClone || !OperatingSystem.IsLinux())
            return false;
        var error = TargetNative.Clone(from, to);
        if (error != 0)
            _cannotClone = !IsOfTheDisk(error) ? true : throw Failure(error);
        return error == 0;
    }

    private bool TryCopyRange(SafeFileHandle from, SafeFileHandle to)
    {
        if (_cannotCopyRange || !OperatingSystem.IsLinux())
            return false;
        for (var any = false; ; any = true)
        {
            var error = TargetNative.CopyRange(from, to, out var copied);
            if (error == TreeNative.Interrupted)
                continue;
            if (error != 0 && (any || IsOfTheDisk(error)))
                throw Failure(error);
            if (error != 0)
                _cannotCopyRange = true;
            if (error != 0 || copied == 0)
                return any; // a file system that makes its files up as they are read has nothing to give this way
        }
    }

    private static bool IsOfTheDisk(int error) => error is NoSpace or QuotaExceeded or InputOutput or TooLarge;

    private static IOException Failure(int error) => new(Marshal.GetPInvokeErrorMessage(error));
}
