using System.Text;

namespace Donmai.EndToEnd.Tests.Platform;

/// <summary>Looks for tokens in everything that a machine has written, and in what its processes were started with.</summary>
internal static class TokenSearch
{
    // Where the product keeps them on purpose, readable by its user alone.
    private static readonly string[] Kept = ["daemon.jwt", "platform.token"];

    /// <summary>That neither the registration token nor any runtime token is in a file but where it is kept. Nobody writes any more.</summary>
    public static void InFiles(PlatformBed bed)
    {
        var tokens = Tokens(bed);
        var kept = 0;
        foreach (var file in Directory.EnumerateFiles(bed.Installation.Directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            if (!Kept.Contains(Path.GetFileName(file)))
            {
                ShouldHoldNone(Read(file), tokens, file);
                continue;
            }

            (File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)).ShouldBe(default, file);
            kept += tokens.Any(Read(file).Contains) ? 1 : 0;
        }

        kept.ShouldBeGreaterThan(0, "the search finds them where they are");
    }

    /// <summary>That no process that runs now was started with one of them among its words.</summary>
    public static void InProcesses(PlatformBed bed)
    {
        var tokens = Tokens(bed);
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(static path => int.TryParse(Path.GetFileName(path), out _)))
            ShouldHoldNone(Read(Path.Combine(process, "cmdline")), tokens, process);
    }

    private static List<string> Tokens(PlatformBed bed)
    {
        var tokens = bed.Platform.Workers.All
            .SelectMany(static worker => Enumerable.Range(1, worker.TokenGeneration).Select(generation => $"rt-{worker.Id}-{generation}"))
            .Append(PlatformBed.Token)
            .ToList();
        tokens.Count.ShouldBeGreaterThan(1);
        return tokens;
    }

    private static void ShouldHoldNone(string text, List<string> tokens, string place)
    {
        foreach (var token in tokens)
            text.Contains(token, StringComparison.Ordinal).ShouldBeFalse($"{token[..3]}… is in {place}");
    }

    private static string Read(string path)
    {
        try
        {
            return Encoding.Latin1.GetString(File.ReadAllBytes(path));
        }
        catch (IOException)
        {
            return ""; // it ended, or was removed, meanwhile
        }
    }
}
