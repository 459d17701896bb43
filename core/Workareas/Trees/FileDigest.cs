using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Donmai.Core.Workareas.Trees;

/// <summary>Works out the hash of a file's content.</summary>
internal static class FileDigest
{
    private const int BufferBytes = 256 * 1024;

    /// <summary>Hashes a file.</summary>
    /// <param name="directory">Where it is.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="stat">What it was when it was found, and must still be when it has been read.</param>
    /// <param name="hash">Takes the hash.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArchiveProblem">It cannot be read, or changed meanwhile.</exception>
    public static void Of(TreeDirectory directory, ReadOnlySpan<byte> name, TreeStat stat, Span<byte> hash, CancellationToken cancellationToken)
    {
        using var file = directory.OpenFile(name);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(stat.Size, 1, BufferBytes));
        try
        {
            if (stat.Size <= buffer.Length)
                SHA256.HashData(buffer.AsSpan(0, Fill(directory, name, file, buffer.AsSpan(0, (int)stat.Size), 0)), hash);
            else
                Long(directory, name, file, buffer, hash, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (directory.Stat(file) != stat)
            throw directory.Problem(name, "changed while it was read");
    }

    private static void Long(
        TreeDirectory directory, ReadOnlySpan<byte> name, SafeFileHandle file, byte[] buffer, Span<byte> hash, CancellationToken cancellationToken)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var offset = 0L;
        int count;
        while ((count = Fill(directory, name, file, buffer, offset)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sum.AppendData(buffer, 0, count);
            offset += count;
        }

        sum.GetHashAndReset(hash);
    }

    private static int Fill(TreeDirectory directory, ReadOnlySpan<byte> name, SafeFileHandle file, Span<byte> buffer, long offset)
    {
        var used = 0;
        int count;
        while (used < buffer.Length && (count = directory.Read(name, file, buffer[used..], offset + used)) > 0)
            used += count;
        return used;
    }
}
