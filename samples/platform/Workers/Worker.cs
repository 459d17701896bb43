using System.Collections.Immutable;
using System.Text.Json;

namespace Donmai.FakePlatform.Workers;

/// <summary>A registered machine, as of one moment.</summary>
public sealed record Worker
{
    /// <summary><c>wkr_1</c>, <c>wkr_2</c>, ….</summary>
    public required string Id { get; init; }

    /// <summary>Who registered: <c>machineId</c>, or the host name where there was none.</summary>
    public required string MachineId { get; init; }

    /// <summary>Name of the host.</summary>
    public required string Hostname { get; init; }

    /// <summary>Sessions it can run at once, as registered.</summary>
    public int Capacity { get; init; }

    /// <summary>Version of the daemon.</summary>
    public string? Version { get; init; }

    /// <summary>Kinds of work it can do.</summary>
    public ImmutableList<string> Provides { get; init; } = [];

    /// <summary>How many runtime tokens it had; the last one counts.</summary>
    public int TokenGeneration { get; init; } = 1;

    /// <summary>When the present token ends by itself.</summary>
    public DateTimeOffset TokenExpiresAt { get; init; }

    /// <summary>The present token was ended by a test.</summary>
    public bool TokenRevoked { get; init; }

    /// <summary>Heartbeats so far.</summary>
    public int Beats { get; init; }

    /// <summary>Polls so far.</summary>
    public int Polls { get; init; }

    /// <summary>When the last heartbeat arrived.</summary>
    public DateTimeOffset? LastBeatAt { get; init; }

    /// <summary><c>idle</c>, <c>busy</c>, <c>draining</c>, as of the last heartbeat.</summary>
    public string? Status { get; init; }

    /// <summary>Running sessions, as of the last heartbeat.</summary>
    public int ActiveCount { get; init; }

    /// <summary>Longest list of running sessions it allows, as of the last heartbeat.</summary>
    public int? MaxSessions { get; init; }

    /// <summary>Processor and memory use in percent, as of the last heartbeat.</summary>
    public JsonElement? Load { get; init; }

    /// <summary>Hash of the allowlist, as of the last heartbeat.</summary>
    public string? AllowlistHash { get; init; }

    /// <summary>The allowlist that was sent last, by registration or heartbeat.</summary>
    public ImmutableList<ProjectEntry> Allowlist { get; init; } = [];

    internal string Token => $"rt-{Id}-{TokenGeneration}";
}
