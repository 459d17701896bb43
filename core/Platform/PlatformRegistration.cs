using System.Diagnostics.CodeAnalysis;
using System.Text;
using Donmai.Core.Platform.Wire;
using Donmai.Platform;

namespace Donmai.Core.Platform;

/// <summary>A registration in force: what a daemon holds of it, and when it was had.</summary>
public sealed record PlatformRegistration
{
    /// <summary>Share of a token's life after which it is replaced (platform-api.md §2).</summary>
    private const double RefreshShare = 0.8;

    /// <summary>What calls are made with.</summary>
    public required PlatformCredentials Credentials { get; init; }

    /// <summary>When the token was had.</summary>
    public required DateTimeOffset ObtainedAt { get; init; }

    /// <summary>When the token is to be replaced; <see langword="null"/> when nobody says how long it lives.</summary>
    public DateTimeOffset? RefreshAt => Credentials.ExpiresAt is { } end ? ObtainedAt + ((end - ObtainedAt) * RefreshShare) : null;

    /// <summary>What an orchestrator has answered to a registration, or to a refresh of <paramref name="former"/>.</summary>
    /// <param name="answer">The answer; it has a runtime token.</param>
    /// <param name="target">Whose.</param>
    /// <param name="now">When it came.</param>
    /// <param name="former">What is refreshed; <see langword="null"/> for a registration.</param>
    public static PlatformRegistration Of(RegisterAnswer answer, PlatformTarget target, DateTimeOffset now, PlatformCredentials? former = null) => new()
    {
        ObtainedAt = now,
        Credentials = new PlatformCredentials
        {
            WorkerId = former?.WorkerId ?? answer.WorkerId!,
            RuntimeToken = answer.RuntimeToken!,
            PlatformUrl = target.Url,
            HeartbeatIntervalMs = Milliseconds(answer.HeartbeatInterval) ?? former?.HeartbeatIntervalMs ?? 0,
            PollIntervalMs = Milliseconds(answer.PollInterval) ?? former?.PollIntervalMs ?? 0,
            ExpiresAt = RuntimeTokenExpiry.Of(answer.RuntimeTokenExpiresAt, answer.RuntimeToken!),
        },
    };

    private static int? Milliseconds(double? interval) => interval is > 0 ? (int)Math.Min(Math.Ceiling(interval.Value), int.MaxValue) : null;

    // The text of a record has all its members, and the token must not get into a log by way of it.
    [SuppressMessage("CodeQuality", "IDE0051", Justification = "The compiler calls it.")]
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(nameof(PlatformCredentials.WorkerId)).Append(" = ").Append(Credentials.WorkerId);
        return true;
    }
}
