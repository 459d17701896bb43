using System.Globalization;

namespace Donmai.FakePlatform;

/// <summary>The command line.</summary>
internal static class Arguments
{
    public const string Usage = """
        usage: donmai-fake-platform [options]

          --port N            port on 127.0.0.1 (default 8790; 0 takes a free one)
          --token TOKEN       registration token that is accepted; may be repeated (default rsk_live_demo)
          --heartbeat-ms N    milliseconds between heartbeats (default 2000)
          --poll-ms N         milliseconds between polls (default 1000)
          --lifetime-s N      seconds that a runtime token is valid (default 3600)
          --seed N            seed of the faults that strike at random (default 1)
          --tls               https, with a certificate that nobody should accept
        """;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">It is wrong; the message says what.</exception>
    public static PlatformOptions Read(string[] arguments)
    {
        var options = new PlatformOptions { Port = 8790, HeartbeatIntervalMs = 2000, PollIntervalMs = 1000 };
        var tokens = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            string Value() => i + 1 < arguments.Length ? arguments[++i] : throw new FormatException($"{name} needs a value");
            int Number() => int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new FormatException($"{name} needs a number");
            switch (name)
            {
                case "--port": options = options with { Port = Number() }; break;
                case "--token": tokens.Add(Value()); break;
                case "--heartbeat-ms": options = options with { HeartbeatIntervalMs = Number() }; break;
                case "--poll-ms": options = options with { PollIntervalMs = Number() }; break;
                case "--lifetime-s": options = options with { TokenLifetime = TimeSpan.FromSeconds(Number()) }; break;
                case "--seed": options = options with { Seed = Number() }; break;
                case "--tls": options = options with { Tls = true }; break;
                default: throw new FormatException($"unknown option {name}");
            }
        }

        return tokens.Count == 0 ? options : options with { RegistrationTokens = tokens };
    }
}
