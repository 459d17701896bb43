using System.Globalization;
using Donmai.Core.Daemon;

namespace Donmai.Core.Workareas.Pool;

/// <summary>Where the members of the pool lie: <c>&lt;state&gt;/pool/&lt;number&gt;</c>.</summary>
/// <param name="state">The state directory.</param>
public sealed class PoolPlaces(StateDirectory state)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string UnfinishedMark = ".tmp-";

    /// <summary>Parent of all members.</summary>
    public string Root => state.Pool;

    /// <summary>Directory of a member.</summary>
    public string Of(int number) => Path.Combine(Root, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Makes an empty directory for a member that is being made.</summary>
    internal string MakeUnfinished(int number)
    {
        var path = $"{Of(number)}{UnfinishedMark}{Guid.NewGuid():N}";
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return path;
        }

        Directory.CreateDirectory(Root, OwnerOnly);
        Directory.CreateDirectory(path, OwnerOnly);
        return path;
    }

    /// <summary>Everything in the pool's directory, with the number of the member it belongs to; <see langword="null"/> when it belongs to none.</summary>
    internal IEnumerable<(string Path, int? Number)> Everything()
    {
        if (!Directory.Exists(Root))
            yield break;
        foreach (var path in Directory.EnumerateFileSystemEntries(Root))
        {
            var name = Path.GetFileName(path);
            var mark = name.IndexOf(UnfinishedMark, StringComparison.Ordinal);
            var text = mark < 0 ? name : name[..mark];
            yield return (path, int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);
        }
    }
}
