using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Claude;

/// <summary>What the installed <c>claude</c> understands; it changes with its versions, so it is asked (worker.md §4.0 CP-13, §4.2).</summary>
internal sealed record ClaudeFeatures
{
    /// <summary>What a model's name ends with to have the large context window (worker.md §3.5).</summary>
    private const string LargeContextMark = "[1m]";

    /// <summary>Tokens from which on a window is the large one.</summary>
    private const int LargeContextTokens = 1_000_000;

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

    /// <summary>The mark of a model with a large context window is known.</summary>
    public bool LargeContext { get; init; }

    /// <summary>Reads the program's own help.</summary>
    public static ClaudeFeatures Of(ProgramDescription program) => new()
    {
        Version = program.Version,
        SystemPromptFile = program.Names("--append-system-prompt-file"),
        ReplaceSystemPrompt = program.Names("--system-prompt"),
        VariadicTools = program.Help.Contains("<tools...>", StringComparison.Ordinal),
        ToolSet = program.Names("--tools"),
        DontAsk = program.Help.Contains("dontAsk", StringComparison.Ordinal),
        LargeContext = program.Help.Contains(LargeContextMark, StringComparison.Ordinal),
        CostLimit = program.Names("--max-budget-usd"),
    };

    /// <summary>The model as the program is to be told of it: that of the request, with a large context window where that is wanted and understood.</summary>
    public string ModelOf(AgentRequest request) => LargeContext && WantsLargeContext(request) && request.Model.Length > 0 && !HasMark(request.Model)
        ? request.Model + LargeContextMark
        : request.Model;

    /// <summary>Whether the context window of the request is the one that the model gets, or none is wanted.</summary>
    public bool HonoursContext(AgentRequest request) =>
        request.Configuration.Number(UnhonouredFields.ContextWindow) is not > 0 || (WantsLargeContext(request) && HasMark(ModelOf(request)));

    private static bool HasMark(string model) => model.EndsWith(LargeContextMark, StringComparison.Ordinal);

    private static bool WantsLargeContext(AgentRequest request) => request.Configuration.Number(UnhonouredFields.ContextWindow) >= LargeContextTokens;
}
