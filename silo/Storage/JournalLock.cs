using System.Globalization;
using System.Text;

namespace Donmai.Silo.Storage;

/// <summary>
/// The exclusive right to a journal's directory: a file lock that the system takes back when the process ends, however it ends.
/// </summary>
internal sealed class JournalLock : IDisposable
{
    private const string LockName = "lock";

    // Beside the lock, because a locked file cannot be read by others.
    private const string HolderName = "holder";

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows: somebody else holds the lock.
    private static readonly int[] HeldElsewhere = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private JournalLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of <paramref name="directory"/>.</summary>
    /// <exception cref="JournalInUseException">Somebody else has it.</exception>
    public static JournalLock Take(string directory)
    {
        try
        {
            var held = new JournalLock(new FileStream(Path.Combine(directory, LockName), OwnerOnly(FileMode.OpenOrCreate, FileShare.None)));
            TellHolder(Path.Combine(directory, HolderName));
            return held;
        }
        catch (IOException failure) when (HeldElsewhere.Contains(failure.HResult))
        {
            throw new JournalInUseException(
                $"The journal in {directory} is in use by {Holder(Path.Combine(directory, HolderName))}. "
                + "Stop that process, or use another state directory.",
                directory);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static FileStreamOptions OwnerOnly(FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static string Holder(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            return int.TryParse(reader.ReadToEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                ? string.Create(CultureInfo.InvariantCulture, $"process {process}")
                : "another process";
        }
        catch (IOException)
        {
            return "another process";
        }
    }

    private static void TellHolder(string path)
    {
        try
        {
            using var file = new FileStream(path, OwnerOnly(FileMode.Create, FileShare.ReadWrite | FileShare.Delete));
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            // Only the sentence for a second opener would know more: a full disk does not forbid opening the journal.
        }
    }
}
