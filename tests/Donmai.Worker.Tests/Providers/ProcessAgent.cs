using Donmai.Core.Providers;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Tests.Providers;

/// <summary>A provider whose agent is a program that is run once for every turn, with what its program prints when all goes well.</summary>
internal sealed record ProcessAgent(string Name, string[] Begin, string[] Succeed)
{
    private static readonly string[] ClaudeBegin = [Claude_fixture.Init];
    private static readonly string[] ClaudeSucceed = [Claude_fixture.Success];

    private static IReadOnlyList<ProcessAgent> All { get; } =
    [
        new("amp", ClaudeBegin, ClaudeSucceed),
        new("claude", ClaudeBegin, ClaudeSucceed),
        new("gemini", [Gemini_fixture.Run[0]], [Gemini_fixture.Run[^1]]),
        new("mine", ["""{"kind":"init","sessionId":"s1"}"""], ["""{"kind":"result","success":true}"""])
        {
            Description = new GenericAgent { Command = "mine", Output = AgentOutput.JsonLines },
        },
        new("opencode", [Opencode_fixture.Start], [Opencode_fixture.Stop]),
    ];

    /// <summary>Those with an adapter of their own, and one that is described.</summary>
    public static TheoryData<string> Names => [.. All.Select(static agent => agent.Name)];

    /// <summary>Those with an adapter of their own.</summary>
    public static TheoryData<string> Bundled => [.. All.Where(static agent => agent.Description is null).Select(static agent => agent.Name)];

    /// <summary>What <c>daemon.yaml</c> says of it, if it has no adapter.</summary>
    public GenericAgent? Description { get; init; }

    /// <summary>What is said when its program is not there.</summary>
    public string Missing => Description is null
        ? $"the program '{Name}' is not on PATH; install it with"
        : $"the program '{Name}' (providers.{Name}.command of daemon.yaml) is not on PATH; install it";

    public static ProcessAgent Of(string name) => All.Single(agent => agent.Name == name);

    public IAgentProvider Construct(TemporaryDirectory place) => BundledProviders
        .With(Description is null ? new Dictionary<string, ProviderSettings>() : new() { [Name] = new ProviderSettings { Generic = Description } })
        .Single(bundled => bundled.Name == Name)
        .Construct(new ProviderSetup(place.At("probes"), TimeProvider.System, ProviderSettings.None));

    public static Dictionary<string, string> Environment(TemporaryDirectory place) => new()
    {
        ["PATH"] = $"{place.At("bin")}:/usr/bin:/bin",
        ["HOME"] = place.Root,
        ["AMP_API_KEY"] = "sgamp-1",
    };
}
