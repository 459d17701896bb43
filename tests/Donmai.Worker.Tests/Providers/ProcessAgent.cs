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
        new("opencode", [Opencode_fixture.Start], [Opencode_fixture.Stop]),
    ];

    public static TheoryData<string> Names => [.. All.Select(static agent => agent.Name)];

    public static ProcessAgent Of(string name) => All.Single(agent => agent.Name == name);

    public IAgentProvider Construct(TemporaryDirectory place) => BundledProviders.All.Single(bundled => bundled.Name == Name)
        .Construct(new ProviderSetup(place.At("probes"), TimeProvider.System, ProviderSettings.None));

    public static Dictionary<string, string> Environment(TemporaryDirectory place) => new()
    {
        ["PATH"] = $"{place.At("bin")}:/usr/bin:/bin",
        ["HOME"] = place.Root,
        ["AMP_API_KEY"] = "sgamp-1",
    };
}
