using System.Text.Json.Serialization;

namespace Donmai.Providers;

/// <summary>What an agent runtime can do (control-api.md §6.1); empty for other families.</summary>
[GenerateSerializer, Immutable, Alias("donmai.ProviderCapabilities")]
public sealed record ProviderCapabilities
{
    /// <summary>A follow-up message can be given to a running agent; always present for an agent runtime.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public bool? SupportsMessageInjection { get; init; }

    /// <summary>A finished session can be continued; always present for an agent runtime.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public bool? SupportsSessionResume { get; init; }

    /// <summary>MCP tools are usable.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool SupportsToolPlugins { get; init; }

    /// <summary>Wants persistent base instructions.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool NeedsBaseInstructions { get; init; }

    /// <summary>Wants a permission configuration.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool NeedsPermissionConfig { get; init; }

    /// <summary>Can redirect search tools.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool SupportsCodeIntelligenceEnforcement { get; init; }

    /// <summary>Calls of sub-agents appear in the stream; always present for an agent runtime.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public bool? EmitsSubagentEvents { get; init; }

    /// <summary>Honours the effort.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool SupportsReasoningEffort { get; init; }

    /// <summary><c>claude</c>, <c>codex</c> or <c>spring-ai</c>.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ToolPermissionFormat { get; init; }

    /// <summary>Honours the list of allowed tools.</summary>
    [Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool AcceptsAllowedToolsList { get; init; }

    /// <summary>Honours the list of MCP servers.</summary>
    [Id(10), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool AcceptsMcpServerSpec { get; init; }

    /// <summary>Display name.</summary>
    [Id(11), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? HumanLabel { get; init; }

    /// <summary>A message can go into a turn that runs (additive).</summary>
    [Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool SupportsMidTurnInput { get; init; }

    /// <summary>Can change the work tree (additive).</summary>
    [Id(13), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool CanModifyWorkspace { get; init; }
}
