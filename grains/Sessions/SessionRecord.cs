using Donmai.Sessions;
using Donmai.Workareas;

namespace Donmai.Grains.Sessions;

/// <summary>What is durable of one session (daemon-runtime.md §15.2).</summary>
[GenerateSerializer, Immutable, Alias("donmai.SessionRecord")]
internal sealed record SessionRecord
{
    /// <summary>What was accepted, without the variables of the request; <see langword="null"/> when there is no such session.</summary>
    [Id(0)] public SessionStart? Start { get; init; }

    /// <summary>Where it is in its life.</summary>
    [Id(1)] public SessionState State { get; init; }

    /// <summary>Its places on disk.</summary>
    [Id(2)] public WorkareaLease Lease { get; init; } = new();

    /// <summary>Its process, once it was started.</summary>
    [Id(3)] public ProcessIdentity? Process { get; init; }

    /// <summary>What was asked for when it was asked to end; recorded before anything is done about it.</summary>
    [Id(4)] public SessionStopRequest? Stop { get; init; }

    /// <summary>How its process ended.</summary>
    [Id(5)] public ProcessExit? Exit { get; init; }

    /// <summary>Why it ended the way it did; <see langword="null"/> while it lives and when it completed.</summary>
    [Id(6)] public string? Reason { get; init; }

    /// <summary>Where its tree went, once that is done.</summary>
    [Id(7)] public WorkareaArchived? Archive { get; init; }

    /// <summary>The run of the system that it was recorded in, before anything was started.</summary>
    [Id(8)] public string BootId { get; init; } = "";

    /// <summary>Whether its worker gets variables of the request. They may hold secrets and are not recorded, so it cannot be started again.</summary>
    [Id(9)] public bool HasVariables { get; init; }

    /// <summary>The platform's work item without the variables in it; <see langword="null"/> when it comes from elsewhere.</summary>
    [Id(10)] public JsonText? WorkItem { get; init; }

    /// <summary>Messages for the agent that it has not taken yet, oldest first.</summary>
    [Id(11)] public List<InboxMessage> Inbox { get; init; } = [];

    /// <summary>Ids of the messages that the agent has taken, the last ones.</summary>
    [Id(12)] public List<string> TakenInputs { get; init; } = [];

    /// <summary>Whether a process is not this session's: a former one of this id had processes too, and the news of their ends may come late.</summary>
    public bool HasOtherProcess(ProcessIdentity? process) =>
        process is not null && Process is { } own && (own.Pid, own.StartMark) != (process.Pid, process.StartMark);

    /// <summary>A session that begins; what may be secret of its request is left out.</summary>
    /// <param name="start">What was accepted.</param>
    /// <param name="lease">Its places on disk.</param>
    /// <param name="bootId">The run of the system.</param>
    public static SessionRecord Of(SessionStart start, WorkareaLease lease, string bootId) => new()
    {
        Start = start with { Spec = start.Spec with { Env = null, WorkItem = null } },
        Lease = lease,
        BootId = bootId,
        HasVariables = start.Spec.Env is { Count: > 0 },
        WorkItem = start.Spec.WorkItem is { } item ? Donmai.Core.Platform.WorkItem.ToRecord(item) : null,
    };
}
