using Donmai.Core.Workareas;
using Donmai.Sessions;
using Donmai.Workareas;

namespace Donmai.Grains.Workareas;

/// <summary>Live sessions as work areas (workareas.md §3).</summary>
internal static class WorkareaViews
{
    private const string LocalProvider = "local";

    /// <summary>The work area of a live session; <see langword="null"/> when the session is unknown or has ended.</summary>
    public static async Task<Workarea?> LiveWorkarea(this IGrainFactory grains, string sessionId)
    {
        try
        {
            var session = await grains.Session(sessionId).Inspect();
            return session.State is SessionState.Starting or SessionState.Running ? Of(session) : null;
        }
        catch (SessionNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The rows of a list, by id in byte order (workareas.md §3, §4.1).</summary>
    public static List<WorkareaSummary> Summaries(IEnumerable<Workarea> workareas, DateTimeOffset now) =>
        [.. workareas.OrderBy(static workarea => workarea.Id, ByteOrder.Instance).Select(workarea => Summary(workarea, now))];

    private static WorkareaSummary Summary(Workarea workarea, DateTimeOffset now) => new()
    {
        Id = workarea.Id,
        Kind = workarea.Kind,
        ProviderId = workarea.ProviderId,
        SessionId = workarea.SessionId,
        ProjectId = workarea.ProjectId,
        Status = workarea.Status,
        Ref = workarea.Ref,
        Repository = workarea.Repository,
        AcquiredAt = workarea.AcquiredAt,
        AgeSeconds = workarea.AcquiredAt is { } acquired ? Math.Max(0, (long)(now - acquired).TotalSeconds) : 0,
        Path = workarea.Path,
    };

    private static Workarea Of(SessionInspection session) => new()
    {
        Id = session.SessionId,
        Kind = "active",
        ProviderId = LocalProvider,
        SessionId = session.SessionId,
        ProjectId = session.ProjectName,
        Status = "ready",
        Path = session.WorktreePath,
        Ref = session.Ref,
        Repository = session.Repository,
        AcquiredAt = session.AcceptedAt,
        Mode = "exclusive",
        AcquirePath = session.AcquirePath,
        CleanStateChecksum = session.Seed?.CleanStateChecksum,
        OwnerSession = session.SessionId,
        Toolchain = session.Seed?.Toolchain is { Count: > 0 } tools ? tools : null,
    };
}
