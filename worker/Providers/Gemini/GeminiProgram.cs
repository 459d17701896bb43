using Donmai.Core.Sessions.Children;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Gemini;

/// <summary>The runs of <c>gemini</c> in one session (worker.md §4.4.2).</summary>
/// <param name="path">Absolute path of the program.</param>
/// <param name="request">What to start.</param>
/// <param name="program">What the program understands.</param>
internal sealed class GeminiProgram(string path, AgentRequest request, ProgramDescription program) : ITurnProgram
{
    private const string Instruction = "Carry out the task given on standard input.";
    private const string SkipTrust = "--skip-trust";
    private const string AllowedTools = "--allowed-tools";

    private static readonly Dictionary<string, string> ToolNames = new(StringComparer.Ordinal)
    {
        ["Bash"] = "run_shell_command",
        ["Read"] = "read_file",
        ["Write"] = "write_file",
        ["Edit"] = "replace",
        ["Grep"] = "search_file_content",
        ["Glob"] = "glob",
        ["WebFetch"] = "web_fetch",
        ["WebSearch"] = "google_web_search",
    };

    /// <inheritdoc/>
    public string Name => GeminiProvider.ProviderName;

    /// <inheritdoc/>
    public string Version => program.Version;

    /// <inheritdoc/>
    public bool HeedsInterrupt => true;

    // Where a session may do nothing, it may plan; programs without that mode refuse what they would ask for.
    private string Approval =>
        request.Policy == ExecutionPolicy.Deny || request.ReadsOnly ? program.Help.Contains("plan", StringComparison.Ordinal) ? "plan" : "default"
        : request.Policy == ExecutionPolicy.AllowList ? "auto_edit"
        : "yolo";

    /// <inheritdoc/>
    public TurnStart Compose(string prompt, string resume)
    {
        List<string> arguments = ["--output-format", "stream-json", "--approval-mode", Approval];
        if (program.Names(SkipTrust))
            arguments.Add(SkipTrust);
        if (request.Policy == ExecutionPolicy.AllowList && Tools() is { Length: > 0 } tools)
            arguments.AddRange([AllowedTools, tools]);
        if (request.Model.Length > 0)
            arguments.AddRange(["-m", request.Model]);
        if (resume.Length > 0)
            arguments.AddRange(["--resume", resume]);
        arguments.AddRange(["-p", Instruction]);
        return new TurnStart(
            new ChildProcessStart
            {
                Program = path,
                Arguments = arguments,
                Environment = request.Environment,
                WorkingDirectory = request.WorkingDirectory,
            },
            resume.Length == 0 && request.SystemPrompt.Length > 0 ? $"{request.SystemPrompt}\n\n{prompt}" : prompt);
    }

    /// <inheritdoc/>
    public ITurnDecoder NewDecoder() => new GeminiDecoder();

    /// <inheritdoc/>
    public void Dispose()
    {
        // It reads no files of ours.
    }

    private string Tools() => program.Takes(AllowedTools)
        ? string.Join(',', ToolPattern.Common(request.AllowPatterns).Select(ToolName).OfType<string>().Distinct(StringComparer.Ordinal))
        : "";

    // run_shell_command(git): everything that begins with that word.
    private static string? ToolName(string pattern)
    {
        var parsed = ToolPattern.Parse(pattern);
        if (!ToolNames.TryGetValue(parsed.Tool, out var name))
            return null;
        var beginning = parsed.Argument.EndsWith(":*", StringComparison.Ordinal) ? parsed.Argument[..^2] : parsed.Argument;
        if (beginning.Contains(',', StringComparison.Ordinal))
            return null;
        return beginning.Length == 0 ? name : $"{name}({beginning})";
    }
}
