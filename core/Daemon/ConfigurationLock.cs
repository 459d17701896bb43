namespace Donmai.Core.Daemon;

/// <summary>One writer of <c>daemon.yaml</c> at a time, in whichever process (daemon-runtime.md §2.7). The system takes it back when a writer dies.</summary>
internal static class ConfigurationLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] HeldElsewhere = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Waits for the lock and takes it; it is given back by disposing of the result.</summary>
    /// <param name="path">The lock file; it stays.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConfigurationWriteException">Another writer has held it for too long.</exception>
    public static async Task<IDisposable> Take(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var start = time.GetTimestamp(); ;)
        {
            try
            {
                return new FileStream(path, DurableFile.OwnerOnly(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException held) when (HeldElsewhere.Contains(held.HResult))
            {
                if (time.GetElapsedTime(start) > Patience)
                    throw new ConfigurationWriteException($"{path} has been locked by another process for {Patience.TotalSeconds:0} s; try again, or end that process.", held);
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }
}
