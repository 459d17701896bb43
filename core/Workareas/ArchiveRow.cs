using System.Globalization;
using Donmai.Workareas;

namespace Donmai.Core.Workareas;

/// <summary>An archive as a row of the list (workareas.md §4.1); a corrupted one is a row that says so.</summary>
internal static class ArchiveRow
{
    /// <summary>What the disposition of a damaged archive begins with.</summary>
    public const string Corrupted = "corrupted: ";

    private const string Archived = "archived";

    /// <summary>The row; <see langword="null"/> when the directory is no archive.</summary>
    public static WorkareaSummary? Of(DirectoryInfo directory)
    {
        var row = new WorkareaSummary { Id = directory.Name, Kind = Archived, Status = Archived };
        try
        {
            return ArchiveReader.Read(directory) is not { } manifest ? null : row with
            {
                ProviderId = manifest.ProviderId ?? "",
                SessionId = NullIfEmpty(manifest.SessionId),
                ProjectId = NullIfEmpty(manifest.ProjectId),
                Ref = NullIfEmpty(manifest.Ref),
                Repository = NullIfEmpty(manifest.Repository),
                CreatedAt = Moment(manifest.CreatedAt),
                SizeBytes = manifest.SizeBytes ?? 0,
                SourceProvider = NullIfEmpty(manifest.SourceProvider),
                Disposition = NullIfEmpty(manifest.Disposition),
            };
        }
        catch (ArchiveProblem problem)
        {
            return row with { Disposition = $"{Corrupted}{problem.Message}" };
        }
    }

    // The parser alone would take a time of day for today's.
    private static DateTimeOffset? Moment(string? text) =>
        text is not null && IsRfc3339(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    private static bool IsRfc3339(string text) =>
        text.Length >= "2026-05-06T21:14:09Z".Length && text[4] == '-' && (text[10] is 'T' or 't') && text[16] == ':' && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-');

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
