using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Donmai.Core.Sessions.Processes;

/// <summary>
/// How far a session's output has been passed on, as kept in its record directory, so that the next daemon goes on exactly there.
/// </summary>
/// <param name="Output">Bytes of standard output, and the number of the part when that is within a long line.</param>
/// <param name="Error">The same of standard error.</param>
/// <param name="Logged">Bytes of the session's log that are accounted for.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OutputPosition((long Bytes, int Part) Output, (long Bytes, int Part) Error, long Logged)
{
    private const int Words = 5;

    /// <summary>The position that was kept; <see langword="null"/> when there is none.</summary>
    internal static OutputPosition? Read(string recordPath)
    {
        var path = Path.Join(recordPath, SessionRecordFiles.OutputPosition);
        var words = File.Exists(path) ? File.ReadAllText(path).Split(' ', StringSplitOptions.TrimEntries) : [];
        var numbers = new long[Words];
        if (words.Length != Words)
            return null;
        for (var word = 0; word < Words; word++)
            if (!long.TryParse(words[word], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[word]))
                return null;
        return new OutputPosition((numbers[0], (int)numbers[1]), (numbers[2], (int)numbers[3]), numbers[4]);
    }

    /// <summary>Nothing has been passed on yet: what a former session of the same id kept does not count.</summary>
    internal static void Forget(string recordPath) => File.Delete(Path.Join(recordPath, SessionRecordFiles.OutputPosition));

    /// <summary>Keeps it. All positions have the same length, and one is written over the other at once: no end of the daemon leaves half of one.</summary>
    internal void Write(string recordPath)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(Path.Join(recordPath, SessionRecordFiles.OutputPosition), options);
        file.Write(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{Output.Bytes:D19} {Output.Part:D10} {Error.Bytes:D19} {Error.Part:D10} {Logged:D19}\n")));
    }
}
