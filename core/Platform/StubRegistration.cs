using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Donmai.Platform;

namespace Donmai.Core.Platform;

/// <summary>The registration of a daemon that registers with nobody (platform-api.md §13).</summary>
internal static class StubRegistration
{
    /// <summary>How its token begins.</summary>
    public const string TokenPrefix = "stub.";

    private const string Header = """{"alg":"stub","typ":"JWT"}""";
    private const string Signature = "stub-signature";
    private const int HeartbeatIntervalMs = 30_000;
    private const int PollIntervalMs = 10_000;

    /// <summary>Makes it up.</summary>
    /// <param name="target">Whom nothing is sent to.</param>
    /// <param name="hostname">Name of the machine.</param>
    /// <param name="now">When.</param>
    public static PlatformRegistration For(PlatformTarget target, string hostname, DateTimeOffset now)
    {
        var workerId = $"worker-{hostname}-stub";
        return new PlatformRegistration
        {
            ObtainedAt = now,
            Credentials = new PlatformCredentials
            {
                WorkerId = workerId,
                RuntimeToken = $"{TokenPrefix}{Part(Header)}.{Part(Payload(workerId, hostname, now))}.{Signature}",
                PlatformUrl = target.Url,
                IsStub = true,
                HeartbeatIntervalMs = HeartbeatIntervalMs,
                PollIntervalMs = PollIntervalMs,
            },
        };
    }

    private static string Payload(string workerId, string hostname, DateTimeOffset now) => new JsonObject
    {
        ["hostname"] = hostname,
        ["iat"] = now.ToUnixTimeSeconds(),
        ["iss"] = "rensei-daemon-stub",
        ["stub"] = true,
        ["sub"] = workerId,
    }.ToJsonString(JsonSerializerOptions.Default);

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
