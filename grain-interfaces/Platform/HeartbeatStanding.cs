using System.Text.Json.Serialization;

namespace Donmai.Platform;

/// <summary>How the beats of a machine fare (platform-api.md §6.8). Additive to the published API.</summary>
[GenerateSerializer, Immutable, Alias("donmai.HeartbeatStanding")]
public sealed record HeartbeatStanding
{
    /// <summary>Whether beats are sent; not without a platform, and not with a stub.</summary>
    [Id(0)] public bool Running { get; init; }

    /// <summary>Milliseconds between two beats; 0 while it is unknown.</summary>
    [Id(1)] public int IntervalMs { get; init; }

    /// <summary>When the platform last acknowledged a beat.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>Beats in a row that the platform did not acknowledge.</summary>
    [Id(3)] public int Missed { get; init; }

    /// <summary>Whether three beats or more were missed.</summary>
    [Id(4)] public bool Unreachable { get; init; }

    /// <summary>Why the last beat was missed; absent when it was not.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? LastError { get; init; }

    /// <summary>What the platform said last about this host.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public HostStatusDetail? HostStatus { get; init; }

    /// <summary>Whether the host status keeps this machine from asking for work (platform-api.md §6.7).</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool ClaimingSuspended { get; init; }
}
