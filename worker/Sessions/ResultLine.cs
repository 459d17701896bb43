using System.Text;
using System.Text.Json;
using Donmai.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary>The result as the one line that is printed (worker.md §1.7): at most 60 KiB, whatever has to be cut for it.</summary>
internal static class ResultLine
{
    /// <summary>Longest line in bytes, without its line feed.</summary>
    public const int Longest = 60 * 1024;

    private const int Shortened = 2000;
    private const int ShortenedLine = 200;
    private const int Most = 10;

    private static readonly Func<SessionResult, SessionResult>[] Cuts =
    [
        static result => result with { Changes = result.Changes is { } changes ? changes with { Files = [.. changes.Files.Take(100)] } : null },
        static result => result with { Changes = result.Changes is { } changes ? changes with { Files = [] } : null },
        static result => result with { BackstopReport = result.BackstopReport is { } report ? Cut(report) : null },
        static result => result with { Warnings = result.Warnings?.Take(Most).Select(static warning => Cut(warning, ShortenedLine)).ToList() },
        static result => result with { Error = result.Error is { } error ? Cut(error, Shortened) : null },
        static result => result with { Summary = result.Summary is { } summary ? Cut(summary, Shortened) : null },
        static result => result with { StageLifecycle = null },
    ];

    /// <summary>The line, without line feed.</summary>
    public static string Compose(SessionResult result)
    {
        var line = Write(result);
        foreach (var cut in Cuts)
        {
            if (Encoding.UTF8.GetByteCount(line) <= Longest)
                break;
            result = cut(result);
            line = Write(result);
        }

        return line;
    }

    private static string Write(SessionResult result) => JsonSerializer.Serialize(result, WorkerFilesJson.Readable.SessionResult);

    private static BackstopReport Cut(BackstopReport report) => report with
    {
        Diagnostics = report.Diagnostics?.Take(Most).Select(static diagnostic => Cut(diagnostic, ShortenedLine)).ToList(),
        LeftOut = report.LeftOut?.Take(Most).ToList(),
    };

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}
