using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Donmai.Bench.Workareas;

/// <summary>Two archives in the state directory of a daemon: alike but for every so many files.</summary>
/// <param name="state">The state directory.</param>
internal sealed class ArchivesToCompare(string state)
{
    private const int FilesInDirectory = 100;

    private static readonly string[] Ids = ["wa-a", "wa-b"];

    /// <summary>The route that tells them apart.</summary>
    public const string Path = "/api/daemon/workareas/wa-a/diff/wa-b";

    private string Root => System.IO.Path.Combine(state, "workareas");

    /// <summary>Makes both.</summary>
    /// <param name="files">Files of each.</param>
    /// <param name="changes">How many of them differ.</param>
    /// <param name="bytes">Size of a file.</param>
    public void Make(int files, int changes, int bytes)
    {
        var content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("The quick brown fox jumps over the lazy dog.\n", (bytes / 45) + 1))[..bytes]);
        foreach (var id in Ids)
            MakeOne(id, files, number => Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"{number}{(id == "wa-b" && number % (files / changes) == 0 ? "!" : "")}\n")).Concat(content).ToArray());
    }

    /// <summary>Makes one without files, and one of empty files that are all new.</summary>
    public void MakeAllNew(int files)
    {
        MakeOne("wa-a", 0, static _ => []);
        MakeOne("wa-b", files, static _ => []);
    }

    /// <summary>Takes their indexes away.</summary>
    public void Forget()
    {
        foreach (var id in Ids)
            File.Delete(System.IO.Path.Combine(Root, id, "index"));
    }

    /// <summary>Time of <c>sha256sum</c> over both trees, one process for each.</summary>
    public async Task<TimeSpan> Sum()
    {
        var clock = Stopwatch.StartNew();
        var sums = Ids.Select(id => Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "find tree -type f -print0 | xargs -0 sha256sum > /dev/null"])
        {
            WorkingDirectory = System.IO.Path.Combine(Root, id),
            UseShellExecute = false,
        })!).ToList();
        foreach (var sum in sums)
            await sum.WaitForExitAsync();
        var taken = clock.Elapsed;
        sums.ForEach(static sum => sum.Dispose());
        return taken;
    }

    private void MakeOne(string id, int files, Func<int, byte[]> content)
    {
        var tree = System.IO.Path.Combine(Root, id, "tree");
        Directory.CreateDirectory(tree);
        File.WriteAllText(System.IO.Path.Combine(Root, id, "manifest.json"), "{}");
        Parallel.For(0, (files + FilesInDirectory - 1) / FilesInDirectory, directory =>
        {
            var place = Directory.CreateDirectory(System.IO.Path.Combine(tree, $"src-{directory:00000}")).FullName;
            for (var number = directory * FilesInDirectory; number < Math.Min(files, (directory + 1) * FilesInDirectory); number++)
                File.WriteAllBytes(System.IO.Path.Combine(place, $"file-{number:0000000}.txt"), content(number));
        });
    }
}
