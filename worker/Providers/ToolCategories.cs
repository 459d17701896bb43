namespace Donmai.Worker.Providers;

/// <summary>Which kind of tool a name stands for (worker.md §3.1).</summary>
internal static class ToolCategories
{
    /// <summary><c>shell</c>, <c>filesystem</c>, <c>network</c>, <c>linear</c>, <c>code-intel</c>, or <see langword="null"/>.</summary>
    public static string? Of(string toolName) => toolName switch
    {
        "Bash" or "shell" or "bash" or "run_shell_command" => "shell",
        "Read" or "Edit" or "Write" or "NotebookEdit" or "Grep" or "Glob" or "file_change" or "read_file" or "write_file" or "replace"
            or "read" or "edit" or "write" or "patch" or "grep" or "glob" or "list" or "edit_file" or "create_file" => "filesystem",
        "WebFetch" or "WebSearch" or "web_search" or "google_web_search" or "webfetch" or "read_web_page" => "network",
        _ when StartsWith(toolName, "mcp__af-linear") || StartsWith(toolName, "mcp__af_linear") => "linear",
        _ when StartsWith(toolName, "mcp__af-code") || StartsWith(toolName, "mcp__af_code") => "code-intel",
        _ => null,
    };

    private static bool StartsWith(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal);
}
