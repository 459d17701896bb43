using System.Collections.Immutable;
using System.Text.Json;
using Donmai.FakePlatform.Issues;
using Donmai.FakePlatform.Sessions;
using Donmai.FakePlatform.Workers;

namespace Donmai.FakePlatform.Control;

/// <summary>Everything the platform knows, for <c>GET /control/state</c>.</summary>
internal sealed record PlatformPicture
{
    public required DateTimeOffset Now { get; init; }

    public required bool IsDown { get; init; }

    public required long Requests { get; init; }

    public required int Registrations { get; init; }

    public required ImmutableList<Worker> Workers { get; init; }

    public required ImmutableList<JsonElement> Queue { get; init; }

    public required ImmutableList<Session> Sessions { get; init; }

    public required ImmutableList<ProxyCall> IssueTracker { get; init; }

    public required HostStatus? HostStatus { get; init; }

    public required ImmutableList<MutationStanding> Mutations { get; init; }
}
