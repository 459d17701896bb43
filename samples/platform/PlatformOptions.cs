namespace Donmai.FakePlatform;

/// <summary>What a fake platform is started with.</summary>
public sealed record PlatformOptions
{
    /// <summary>The registration token that is accepted where nothing else is said.</summary>
    public const string DemoToken = "rsk_live_demo";

    /// <summary>The port on loopback; 0 (the default) takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Serve https with a certificate that nobody trusts and that is made out to another host. Default: plain http.</summary>
    public bool Tls { get; init; }

    /// <summary>Registration tokens that are known. Default: <see cref="DemoToken"/>.</summary>
    public IReadOnlyList<string> RegistrationTokens { get; init; } = [DemoToken];

    /// <summary>Milliseconds between heartbeats, told at registration. Default: 200, which daemons round up to a second.</summary>
    public int HeartbeatIntervalMs { get; init; } = 200;

    /// <summary>Milliseconds between polls, told at registration. Default: 200.</summary>
    public int PollIntervalMs { get; init; } = 200;

    /// <summary>How long a runtime token is valid. Default: one hour.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Seed of the faults that strike at random. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The clock; a test shares its own. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Without its tokens.</summary>
    public override string ToString() => $"PlatformOptions {{ Port = {Port}, Tls = {Tls} }}";
}
