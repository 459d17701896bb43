namespace Donmai.Worker.Providers.Stub;

/// <summary>Which script a stub session plays (worker.md §4.1).</summary>
internal static class StubBehaviors
{
    /// <summary>Played when nothing, or nothing known, is named.</summary>
    public const string Default = "succeed-with-pr";

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        Default, "fail-on-clone", "hang-then-timeout", "silent-fail", "slow-tool", "cost-overrun", "mid-stream-error", "inject-test",
        "agent-failed", "commit-only", "dirty-tree", "flood", "big-line", "two-turns", "ask-then-continue", "sleep", "spawn-child", "script",
    };

    /// <summary>Configuration, then the agent's environment, then the default; unknown names fall through.</summary>
    public static string Choose(AgentRequest request) =>
        new[]
        {
            request.Configuration.Text("stub.behavior"),
            request.Environment.GetValueOrDefault("DONMAI_STUB_MODE"),
            request.Environment.GetValueOrDefault("RENSEI_STUB_MODE"),
        }.FirstOrDefault(static name => name is not null && Known.Contains(name)) ?? Default;
}
