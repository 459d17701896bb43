using System.Text.Json.Serialization;
using Donmai.Workareas;

namespace Donmai.Sessions;

/// <summary>Everything about one session, live or ended, that may be shown to its user. Additive to the published API.</summary>
[GenerateSerializer, Immutable, Alias("donmai.SessionInspection")]
public sealed record SessionInspection
{
    /// <summary>The session's id.</summary>
    [Id(0)] public string SessionId { get; init; } = "";

    /// <summary>Where the session is in its life.</summary>
    [Id(1)] public SessionState State { get; init; }

    /// <summary>Why it ended the way it did, in words; absent while it lives and when it completed.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Reason { get; init; }

    /// <summary>Classification of an intended end (<see cref="SessionStopMode"/>).</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? StopMode { get; init; }

    /// <summary>Repository as asked for.</summary>
    [Id(4)] public string Repository { get; init; } = "";

    /// <summary>Branch, tag or commit asked for.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Ref { get; init; }

    /// <summary>Id of the allowlist entry.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ProjectName { get; init; }

    /// <summary>The provider chosen by routing.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Provider { get; init; }

    /// <summary>Process id of the session's leader process; 0 when unknown.</summary>
    [Id(8)] public int Pid { get; init; }

    /// <summary>When it was accepted.</summary>
    [Id(9), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When it ended.</summary>
    [Id(10), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Exit code of its process.</summary>
    [Id(11), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int? ExitCode { get; init; }

    /// <summary>Signal that ended its process.</summary>
    [Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int? Signal { get; init; }

    /// <summary>The git work tree, while it exists.</summary>
    [Id(13), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? WorktreePath { get; init; }

    /// <summary>Id of the archived work area.</summary>
    [Id(14), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ArchiveId { get; init; }

    /// <summary>Directory of the archived tree.</summary>
    [Id(15), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ArchivePath { get; init; }

    /// <summary>Directory with the session's log files and records.</summary>
    [Id(16), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? RecordPath { get; init; }

    /// <summary>What the worker reported.</summary>
    [Id(17), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public SessionResult? Result { get; init; }

    /// <summary>Number of the last event seen; 0 when there is none.</summary>
    [Id(18)] public long LastEventSeq { get; init; }

    /// <summary>The trace it belongs to (W3C, 32 hex digits); logs and exported traces name it.</summary>
    [Id(19), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? TraceId { get; init; }

    /// <summary>How its work tree was come by (<see cref="Workareas.AcquirePath"/>).</summary>
    [Id(20), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? AcquirePath { get; init; }

    /// <summary>Member of the pool that its work tree was made from.</summary>
    [Id(21), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public WorkareaSeed? Seed { get; init; }
}
