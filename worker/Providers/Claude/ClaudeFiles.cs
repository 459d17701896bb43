using System.Text;

namespace Donmai.Worker.Providers.Claude;

/// <summary>
/// What every turn of a session needs on disk or in front of its prompt: the system prompt, where nobody reads it in a process list, and the
/// tool servers (worker.md §4.2, §6.2). Private files, removed with the session.
/// </summary>
internal sealed class ClaudeFiles : IDisposable
{
    private readonly PrivateFiles _files;

    private ClaudeFiles(IAgentHost host) => _files = new PrivateFiles(host);

    /// <summary>Flag that carries the system prompt; empty when there is none or it precedes the prompt.</summary>
    public string SystemPromptFlag { get; private set; } = "";

    /// <summary>Value of <see cref="SystemPromptFlag"/>.</summary>
    public string SystemPromptValue { get; private set; } = "";

    /// <summary>Text that precedes the first prompt.</summary>
    public string PromptPrefix { get; private set; } = "";

    /// <summary>Path of the tool servers' file; empty when there are none.</summary>
    public string McpConfiguration { get; private set; } = "";

    /// <summary>Makes the files.</summary>
    /// <exception cref="AgentStartException">A tool server has no name or no command, or a name twice.</exception>
    public static ClaudeFiles Make(AgentRequest request, ClaudeFeatures features)
    {
        var files = new ClaudeFiles(request.Host);
        try
        {
            files.PlaceSystemPrompt(request, features);
            if (request.McpServers.Count > 0)
                files.McpConfiguration = files._files.Write("mcp", ".json", McpConfigurationFile.Compose(request.McpServers));
            return files;
        }
        catch (AgentStartException)
        {
            files.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();

    private void PlaceSystemPrompt(AgentRequest request, ClaudeFeatures features)
    {
        if (request.SystemPrompt.Length == 0)
            return;
        if (request.ReplacesSystemPrompt && features.ReplaceSystemPrompt && Fits(request.SystemPrompt))
            (SystemPromptFlag, SystemPromptValue) = ("--system-prompt", request.SystemPrompt);
        else if (features.SystemPromptFile)
            (SystemPromptFlag, SystemPromptValue) =
                ("--append-system-prompt-file", _files.Write("system-prompt", ".md", Encoding.UTF8.GetBytes(request.SystemPrompt)));
        else if (Fits(request.SystemPrompt))
            (SystemPromptFlag, SystemPromptValue) = ("--append-system-prompt", request.SystemPrompt);
        else
            PromptPrefix = request.SystemPrompt + "\n\n";
    }

    private static bool Fits(string text) => Encoding.UTF8.GetByteCount(text) <= ClaudeArguments.LongestArgument;
}
