namespace Donmai.Worker.Providers.Claude;

/// <summary>What the installed <c>claude</c> understands; it changes with its versions, so it is asked (worker.md §4.0 CP-13, §4.2).</summary>
internal sealed record ClaudeFeatures
{
    /// <summary>What is taken for granted when the program cannot be asked.</summary>
    public static ClaudeFeatures Unknown { get; } = new();

    /// <summary>Version text; empty when unknown.</summary>
    public string Version { get; init => field = value ?? ""; } = "";

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

    /// <summary>Reads the program's own help.</summary>
    public static ClaudeFeatures FromHelp(string help, string version) => new()
    {
        Version = version.Trim(),
        SystemPromptFile = Has(help, "--append-system-prompt-file"),
        ReplaceSystemPrompt = Has(help, "--system-prompt <") || Has(help, "--system-prompt "),
        VariadicTools = Has(help, "<tools...>"),
        ToolSet = Has(help, "--tools "),
        DontAsk = Has(help, "dontAsk"),
    };

    private static bool Has(string help, string text) => help.Contains(text, StringComparison.Ordinal);
}
