using System.Numerics;
using System.Runtime.InteropServices;

namespace Donmai.Core.Sessions.Limits;

/// <summary>Confines processes to some of the machine's processors: what a thread may run on is what its children may run on.</summary>
internal static unsafe partial class Processors
{
    private const int SetWords = 16; // 1024 processors

    private static int _next;

    /// <summary>Whether processes can be confined here.</summary>
    internal static bool CanConfine => OperatingSystem.IsLinux();

    /// <summary>Runs something on as many processors as are given, another choice of them each time.</summary>
    /// <param name="count">Processors; 0, or as many as there are, confines nothing.</param>
    /// <param name="work">What to run, on this thread.</param>
    internal static T Confined<T>(int count, Func<T> work)
    {
        Span<ulong> all = stackalloc ulong[SetWords];
        if (count <= 0 || !CanConfine || !TryGet(all) || Count(all) <= count)
            return work();
        Span<ulong> some = stackalloc ulong[SetWords];
        Choose(all, count, some);
        _ = Set(some);
        try
        {
            return work();
        }
        finally
        {
            _ = Set(all);
        }
    }

    private static void Choose(ReadOnlySpan<ulong> all, int count, Span<ulong> some)
    {
        const int WordBits = 64;
        some.Clear();
        var first = (int)((uint)Interlocked.Add(ref _next, count) % (uint)Count(all));
        // Twice around, so that a choice may go over the end.
        for (int bit = 0, seen = 0; bit < 2 * SetWords * WordBits && count > 0; bit++)
        {
            var (word, mask) = (bit / WordBits % SetWords, 1UL << (bit % WordBits));
            if ((all[word] & mask) != 0 && seen++ >= first)
            {
                some[word] |= mask;
                count--;
            }
        }
    }

    private static int Count(ReadOnlySpan<ulong> set)
    {
        var count = 0;
        foreach (var word in set)
            count += BitOperations.PopCount(word);
        return count;
    }

    private static bool TryGet(Span<ulong> set)
    {
        set.Clear();
        fixed (ulong* words = set)
            return GetAffinity(0, SetWords * sizeof(ulong), words) == 0;
    }

    private static bool Set(ReadOnlySpan<ulong> set)
    {
        fixed (ulong* words = set)
            return SetAffinity(0, SetWords * sizeof(ulong), words) == 0;
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nint size, ulong* set);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nint size, ulong* set);
}
