using System.Globalization;

namespace Donmai.Core.Sessions.Children;

/// <summary>Recognises an installed program again.</summary>
public static class ProgramStamp
{
    /// <summary>Text that changes when another program is installed in its place: the file behind all links, its size and time of change.</summary>
    /// <param name="path">Absolute path.</param>
    public static string Of(string path)
    {
        var file = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
        return file.Exists
            ? string.Create(CultureInfo.InvariantCulture, $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}")
            : path;
    }
}
