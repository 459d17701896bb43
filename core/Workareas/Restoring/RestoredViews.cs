using System.Text.Json;
using Donmai.Workareas;

namespace Donmai.Core.Workareas.Restoring;

/// <summary>Restored trees as work areas (workareas.md §3, §5).</summary>
internal static class RestoredViews
{
    /// <summary>The work area that a record tells of.</summary>
    public static Workarea Of(RestoreRecord record, RestoredLayout layout)
    {
        var manifest = Manifest(record);
        return new Workarea
        {
            Id = record.RestoreId,
            Kind = "active",
            Status = "ready",
            ProviderId = manifest.ProviderId ?? "",
            SessionId = NullIfEmpty(record.IntoSessionId) ?? NullIfEmpty(manifest.SessionId),
            ProjectId = NullIfEmpty(manifest.ProjectId),
            Path = layout.Tree(record.RestoreId),
            Ref = NullIfEmpty(manifest.Ref),
            Repository = NullIfEmpty(manifest.Repository),
            Toolchain = manifest.Toolchain is { Count: > 0 } toolchain ? toolchain : null,
            AcquiredAt = record.RestoredAt,
            ArchiveLocation = Path.Join(layout.ArchiveRoot, record.ArchiveId),
            Manifest = record.Manifest,
            EscapingLinks = record.EscapingLinks is { Count: > 0 } links ? links : null,
        };
    }

    private static ArchiveManifest Manifest(RestoreRecord record)
    {
        try
        {
            return record.Manifest is { } text
                ? JsonSerializer.Deserialize(text.Text, ArchiveManifestJson.Default.ArchiveManifest) ?? new ArchiveManifest()
                : new ArchiveManifest();
        }
        catch (JsonException)
        {
            return new ArchiveManifest(); // changed by hand; the tree is there all the same
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
