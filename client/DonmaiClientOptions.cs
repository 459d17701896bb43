namespace Donmai.Client;

/// <summary>How a <see cref="DonmaiClient"/> reaches its daemon.</summary>
public sealed record DonmaiClientOptions
{
    /// <summary>Address of the control API; see <see cref="ControlEndpoint.Resolve"/> for what is used when it is absent.</summary>
    public string? Address { get; init; }

    /// <summary>Control token, for a daemon that demands one (control-api.md §1.2); otherwise <see langword="null"/>.</summary>
    public string? ControlToken { get; init; }

    /// <summary>Longest wait for an answer. More than 0, default 30 s. Following events is not limited by it.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <see cref="DonmaiClient.Follow"/> waits for a daemon that is away. Default 2 minutes.</summary>
    public TimeSpan ReconnectFor { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Clock of the waiting.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
