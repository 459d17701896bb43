namespace Donmai.Core.Tests.Workareas.Trees;

/// <summary>Directories in directories, together longer than any path may be: short ones, each moved into the depth of the next.</summary>
internal static class DeepTree
{
    /// <summary>Length of the names.</summary>
    public const int NameLength = 50;

    private const int LevelsAtOnce = 50;

    /// <summary>Makes it, with a file <c>end</c> in the innermost one.</summary>
    /// <returns>How many directories are in each other.</returns>
    public static int Make(string path, int pieces)
    {
        var name = new string('d', NameLength);
        var scratch = path + "-scratch";
        for (var piece = 0; piece < pieces; piece++)
        {
            var levels = string.Join('/', Enumerable.Repeat(name, LevelsAtOnce));
            Directory.CreateDirectory(Path.Join(scratch, levels));
            if (piece == 0)
                File.WriteAllText(Path.Join(scratch, levels, "end"), "deep");
            else
                Directory.Move(Path.Join(path, name), Path.Join(scratch, levels, name));
            if (Directory.Exists(path))
                Directory.Delete(path);
            Directory.Move(scratch, path);
        }

        return pieces * LevelsAtOnce;
    }
}
