using Donmai.Core.Providers;
using Donmai.Providers;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Tests.Providers;

/// <summary>The table of worker.md §3.3, each row as the text of its flags.</summary>
public sealed class What_providers_can_do
{
    [Theory, Trait("spec", "WK-39")]
    [InlineData("amp", "Amp", "claude", "inject resume tools mcp workspace")]
    [InlineData("claude", "Claude", "claude", "inject resume tools subagents effort allow mcp workspace")]
    [InlineData("codex", "Codex", "codex", "inject resume tools base permission effort mcp midturn workspace")]
    [InlineData("gemini", "Gemini", "claude", "inject effort")]
    [InlineData("ollama", "Ollama", "claude", "inject effort")]
    [InlineData("opencode", "OpenCode", "claude", "inject resume tools effort mcp workspace")]
    [InlineData("stub", "Test Stub", "claude", "inject resume tools base permission code subagents effort allow mcp workspace")]
    public void They_say_so(string name, string label, string format, string flags)
    {
        var can = BundledProviders.All.Single(bundled => bundled.Name == name).Construct(new ProviderSetup("/nowhere", TimeProvider.System, ProviderSettings.None)).Capabilities;

        (can.HumanLabel, can.ToolPermissionFormat).ShouldBe((label, format));
        string.Join(' ', Flags(can)).ShouldBe(flags);
        new[] { can.SupportsMessageInjection, can.SupportsSessionResume, can.EmitsSubagentEvents }.ShouldAllBe(static always => always != null);
    }

    private static IEnumerable<string> Flags(ProviderCapabilities can) => new (string Name, bool Has)[]
    {
        ("inject", can.SupportsMessageInjection == true),
        ("resume", can.SupportsSessionResume == true),
        ("tools", can.SupportsToolPlugins),
        ("base", can.NeedsBaseInstructions),
        ("permission", can.NeedsPermissionConfig),
        ("code", can.SupportsCodeIntelligenceEnforcement),
        ("subagents", can.EmitsSubagentEvents == true),
        ("effort", can.SupportsReasoningEffort),
        ("allow", can.AcceptsAllowedToolsList),
        ("mcp", can.AcceptsMcpServerSpec),
        ("midturn", can.SupportsMidTurnInput),
        ("workspace", can.CanModifyWorkspace),
    }.Where(static flag => flag.Has).Select(static flag => flag.Name);
}
