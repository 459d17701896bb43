using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Claude;

/// <summary>What the installed <c>claude</c> understands; it changes with its versions, so it is asked (worker.md §4.0 CP-13, §4.2).</summary>
internal sealed record ClaudeFeatures
{
    /// <summary>What is taken for granted when the program cannot be asked.</summary>
    public static ClaudeFeatures Unknown { get; } = new();

    /// <summary>Version text; empty when unknown.</summary>
    public string Version { get; init; } = "";

    /// <summary><c>--append-system-prompt-file</c> is known.</summary>
    public bool SystemPromptFile { get; init; }

    /// <summary><c>--system-prompt</c> is known: the provider's own can be replaced.</summary>
    public bool ReplaceSystemPrompt { get; init; }

    /// <summary>Lists of tools are given as separate arguments.</summary>
    public bool VariadicTools { get; init; }

    /// <summary><c>--tools</c> is known: an empty list switches all off.</summary>
    public bool ToolSet { get; init; }

    /// <summary>The permission mode <c>dontAsk</c> is known.</summary>
    public bool DontAsk { get; init; }

    /// <summary><c>--max-budget-usd</c> is known.</summary>
    public bool CostLimit { get; init; }

    /// <summary>Reads the program's own help.</summary>
    public static ClaudeFeatures Of(ProgramDescription program) => new()
    {
        Version = program.Version,
        SystemPromptFile = program.Names("--append-system-prompt-file"),
        ReplaceSystemPrompt = program.Names("--system-prompt"),
        VariadicTools = program.Help.Contains("<tools...>", StringComparison.Ordinal),
        ToolSet = program.Names("--tools"),
        DontAsk = program.Help.Contains("dontAsk", StringComparison.Ordinal),
        CostLimit = program.Names("--max-budget-usd"),
    };
}
