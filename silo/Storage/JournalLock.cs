using System.Globalization;
using System.Text;

namespace Donmai.Silo.Storage;

/// <summary>
/// The exclusive right to a journal's directory: a file lock that the system takes back when the process ends, however it ends.
/// </summary>
internal sealed class JournalLock : IDisposable
{
    private const string FileName = "lock";

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows: somebody else holds the lock.
    private static readonly int[] HeldElsewhere = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private JournalLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of <paramref name="directory"/>.</summary>
    /// <exception cref="JournalInUseException">Somebody else has it.</exception>
    public static JournalLock Take(string directory)
    {
        var path = Path.Combine(directory, FileName);
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        FileStream file;
        try
        {
            file = new FileStream(path, options);
        }
        catch (IOException failure) when (HeldElsewhere.Contains(failure.HResult))
        {
            throw new JournalInUseException(
                $"The journal in {directory} is in use by {Holder(path)}. Stop that process, or use another state directory.", directory);
        }

        try
        {
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            // The number is only for the sentence above: a full disk does not forbid opening the journal.
        }

        return new JournalLock(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

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
}
