using System.Text.Json.Serialization;

namespace Donmai.Worker.Providers;

/// <summary>What a provider can do (worker.md §3.3).</summary>
public sealed record AgentCapabilities
{
    /// <summary>A follow-up user message can be given to a handle.</summary>
    public bool SupportsMessageInjection { get; init; }

    /// <summary>A finished session can be continued by its id.</summary>
    public bool SupportsSessionResume { get; init; }

    /// <summary>A message can go into a turn that runs.</summary>
    public bool SupportsMidTurnInput { get; init; }

    /// <summary>MCP tools are usable.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool SupportsToolPlugins { get; init; }

    /// <summary>Wants persistent base instructions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool NeedsBaseInstructions { get; init; }

    /// <summary>Wants a permission configuration.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool NeedsPermissionConfig { get; init; }

    /// <summary>Can redirect search tools.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool SupportsCodeIntelligenceEnforcement { get; init; }

    /// <summary>Calls of sub-agents appear in the stream.</summary>
    public bool EmitsSubagentEvents { get; init; }

    /// <summary>Honours the effort.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool SupportsReasoningEffort { get; init; }

    /// <summary><c>claude</c>, <c>codex</c> or <c>spring-ai</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ToolPermissionFormat { get; init; }

    /// <summary>Honours the allow list.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool AcceptsAllowedToolsList { get; init; }

    /// <summary>Honours the list of MCP servers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool AcceptsMcpServerSpec { get; init; }

    /// <summary>Can change the work tree.</summary>
    public bool CanModifyWorkspace { get; init; }

    /// <summary>Display name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? HumanLabel { get; init; }
}
