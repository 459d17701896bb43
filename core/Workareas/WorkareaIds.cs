using System.Text;

namespace Donmai.Core.Workareas;

/// <summary>The one place that decides which text may name a work area on disk (workareas.md §2.2, architecture.md §8).</summary>
public static class WorkareaIds
{
    private const int MaximumBytes = 255;

    /// <summary>Whether <paramref name="id"/> can name a directory directly under the archive root.</summary>
    public static bool IsUsable(string id) =>
        id.Length > 0 && id is not ("." or "..")
        && Encoding.UTF8.GetByteCount(id) <= MaximumBytes
        && !id.Any(static c => c is '/' or '\\' || char.IsControl(c));

    /// <summary>Id of the archive of a session that ended at <paramref name="endedAt"/>.</summary>
    public static string ForArchive(string sessionId, DateTimeOffset endedAt) => $"wa-{sessionId}-{endedAt.ToUnixTimeSeconds()}";
}
