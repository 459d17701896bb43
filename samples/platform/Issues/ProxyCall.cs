using System.Collections.Immutable;

namespace Donmai.FakePlatform.Issues;

/// <summary>A call to the issue tracker, through the platform.</summary>
public sealed record ProxyCall(DateTimeOffset ReceivedAt, string Method, ImmutableList<string> Args, string? OrganizationId, string? WorkerId);
