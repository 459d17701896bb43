using System.Diagnostics;
using System.Globalization;
using Donmai.Core.Workareas.Trees;

namespace Donmai.Bench.Workareas;

/// <summary>
/// The copy that a restore makes of 5,000 files, which ends when it is on disk: against <c>cp -a</c> of the same tree, which leaves that to later, and against
/// <c>cp -a</c> that is flushed as well.
/// </summary>
internal sealed class RestoreFigure : IFigure
{
    private const int Files = 5_000;
    private const int FilesInDirectory = 25;
    private const int Repetitions = 7;
    private const int DirectoryMode = 0x1E8;

    /// <inheritdoc/>
    public string Name => "restore";

    /// <inheritdoc/>
    public string Summary => $"restore of {Files} files, until it is on disk, against cp -a without and with a flush";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory(Name);
        var tree = Path.Combine(directory.Path, "tree");
        for (var number = 0; number < Files; number++)
            Write(tree, number);
        var target = Path.Combine(directory.Path, "copy");
        return
        [
            await Against("cp -a", $"cp -a '{tree}' '{target}'", tree, target, cancellation),
            await Against("cp -a and a flush", $"cp -a '{tree}' '{target}' && sync -f '{target}'", tree, target, cancellation),
        ];
    }

    private static async Task<FigureResult> Against(string name, string command, string tree, string target, CancellationToken cancellation)
    {
        var (restore, copy) = await Rounds.Measure(Repetitions, () => Restore(tree, target, cancellation), () => Run(target, command));
        return new FigureResult(string.Create(CultureInfo.InvariantCulture, $"restore, {Files} files, against {name}"), restore, copy, "ms", 1.5, FigureLimit.AtMost);
    }

    // As in a repository: most files are small, some are not.
    private static void Write(string tree, int number)
    {
        var path = Path.Combine(tree, string.Create(CultureInfo.InvariantCulture, $"part-{number / FilesInDirectory % 20}"), string.Create(CultureInfo.InvariantCulture, $"{number / FilesInDirectory}"));
        Directory.CreateDirectory(path);
        var content = new byte[number % 50 == 0 ? 100_000 : 500 + (number * 7919 % 12_000)];
        content.AsSpan().Fill((byte)number);
        File.WriteAllBytes(Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"file-{number}")), content);
    }

    private static async Task<double> Restore(string tree, string target, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using (var from = TreeDirectory.Open(tree))
            await TreeCopy.Run(new TreeCopyOrder(from, target) { DirectoryMode = DirectoryMode }, cancellation);
        var time = clock.Elapsed.TotalMilliseconds;
        Directory.Delete(target, recursive: true);
        return time;
    }

    private static async Task<double> Run(string target, string command)
    {
        var clock = Stopwatch.StartNew();
        using (var process = Process.Start("/bin/sh", ["-c", command]))
        {
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"'{command}' ended with {process.ExitCode}");
        }

        var time = clock.Elapsed.TotalMilliseconds;
        Directory.Delete(target, recursive: true);
        return time;
    }
}
