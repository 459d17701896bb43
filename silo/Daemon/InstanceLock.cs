using System.Globalization;
using System.Text;

namespace Donmai.Silo.Daemon;

/// <summary>One daemon for one state directory (daemon-runtime.md §6.3). The system takes the lock back when the process ends, however it ends.</summary>
internal sealed class InstanceLock : IDisposable
{
    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] HeldElsewhere = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private InstanceLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The lock file.</param>
    /// <exception cref="DaemonStartException">Another daemon holds it.</exception>
    public static InstanceLock Take(string path)
    {
        try
        {
            var held = new InstanceLock(new FileStream(path, OwnerOnly(FileMode.OpenOrCreate, FileShare.None)));
            TellHolder(path);
            return held;
        }
        catch (IOException held) when (HeldElsewhere.Contains(held.HResult))
        {
            throw new DaemonStartException(
                $"Another daemon{Holder(path)} uses the state directory {Path.GetDirectoryName(path)}: stop it, or set DONMAI_STATE_HOME to another directory.",
                held);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>A locked file cannot be read by others, so the holder's process id stands beside it.</summary>
    private static string HolderPath(string path) => path + ".pid";

    private static void TellHolder(string path)
    {
        using var file = new FileStream(HolderPath(path), OwnerOnly(FileMode.Create, FileShare.ReadWrite));
        file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
    }

    private static string Holder(string path)
    {
        try
        {
            using var file = new FileStream(HolderPath(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var text = new StreamReader(file);
            return int.TryParse(text.ReadLine(), CultureInfo.InvariantCulture, out var process)
                ? string.Create(CultureInfo.InvariantCulture, $" (process {process})")
                : "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static FileStreamOptions OwnerOnly(FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
