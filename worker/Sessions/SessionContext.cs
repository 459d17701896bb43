using Donmai.Core.Sessions;
using Donmai.Core.Sessions.Children;
using Donmai.Worker.Kits;
using Donmai.Worker.Platform;
using Donmai.Worker.Providers;
using Donmai.Worker.Workareas;
using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

/// <summary>What every phase of a session works with.</summary>
internal sealed record SessionContext
{
    /// <summary>What is to be done.</summary>
    public required WorkOrder Order { get; init; }

    /// <summary>Where the files are.</summary>
    public required WorkerPlaces Places { get; init; }

    /// <summary>The worker's environment.</summary>
    public required WorkerVariables Variables { get; init; }

    /// <summary>The record directory, held.</summary>
    public required RecordDirectory Record { get; init; }

    /// <summary>Writes down how far the session is.</summary>
    public required SessionJournal Journal { get; init; }

    /// <summary>Why the session is to end early.</summary>
    public required SessionStop Stop { get; init; }

    /// <summary>The session's link to the orchestrator that ordered it.</summary>
    public IPlatformLink Link { get; init; } = NoPlatform.Instance;

    /// <summary>The detail as the daemon told it last, worker id and token among it.</summary>
    public required LatestDetail Latest { get; init; }

    /// <summary>Messages from outside for the agent.</summary>
    public required SessionInbox Inbox { get; init; }

    /// <summary>Hides secrets.</summary>
    public required Redaction Redaction { get; init; }

    /// <summary>The providers there are.</summary>
    public required ProviderCatalog Providers { get; init; }

    /// <summary>Ends what processes leave behind.</summary>
    public required Leftovers Leftovers { get; init; }

    /// <summary>When the work tree is kept.</summary>
    public required WorktreeRetention KeepWorktree { get; init; }

    /// <summary>The worker's process.</summary>
    public required WorkerIdentity Identity { get; init; }

    /// <summary>File with the platform's token for the agent; <see langword="null"/> when there is none.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The repository's pull requests; <see langword="null"/> where nobody can ask for them.</summary>
    public GitHubPullRequests? GitHub { get; init; }

    /// <summary>What the owner of the machine allows and wants.</summary>
    public SessionRules Rules { get; init; } = SessionRules.Default;

    /// <summary>Whether the session may only read its work tree (worker.md §3.6).</summary>
    public bool ReadsOnly => WorkspaceAccess == "ro";

    /// <summary>Whether the session has a work tree; else it has an empty directory that is thrown away (worker.md §3.6).</summary>
    public bool HasWorktree => WorkspaceAccess != "none";

    private string? WorkspaceAccess => Variables.Text("DONMAI_WORKSPACE_ACCESS")?.ToLowerInvariant();

    /// <summary>Skills for the agent.</summary>
    public IReadOnlyList<SkillSource> Skills { get; init; } = [];

    /// <summary>Bounds.</summary>
    public required WorkerSettings Settings { get; init; }

    /// <summary>Source of time.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Source of jitter.</summary>
    public required Random Random { get; init; }

    /// <summary>The worker's log.</summary>
    public required ILogger Log { get; init; }
}
