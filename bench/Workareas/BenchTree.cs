using System.Globalization;
using System.Text;

namespace Donmai.Bench.Workareas;

/// <summary>Trees such as repositories have: many small files, a few large ones, always the same.</summary>
internal static class BenchTree
{
    private const int PerDirectory = 20;
    private const int MostBytes = 16 * 1024;
    private const int LeastBytes = 16;

    /// <summary>Makes one.</summary>
    public static void Make(string path, int files, int seed = 1)
    {
        var random = new Random(seed);
        var content = new byte[MostBytes + LeastBytes];
        for (var number = 0; number < files; number++)
        {
            var directory = number / PerDirectory;
            var place = Path.Combine(path, Text($"part-{directory % 97:00}"), Text($"dir-{directory:0000}"));
            if (number % PerDirectory == 0)
                Directory.CreateDirectory(place);
            var length = (int)(MostBytes * Math.Pow(random.NextDouble(), 3)) + LeastBytes;
            random.NextBytes(content.AsSpan(0, Math.Min(length, 64)));
            Encoding.ASCII.GetBytes(Text($"{number:000000000}")).CopyTo(content, 0);
            using var file = File.OpenHandle(Path.Combine(place, Text($"file-{number:000000}.cs")), FileMode.Create, FileAccess.Write);
            RandomAccess.Write(file, content.AsSpan(0, length), 0);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
