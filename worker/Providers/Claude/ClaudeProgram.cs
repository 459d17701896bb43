using Donmai.Core.Sessions.Children;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Claude;

/// <summary>The runs of <c>claude</c> in one session (worker.md §4.2).</summary>
/// <param name="path">Absolute path of the program.</param>
/// <param name="request">What to start.</param>
/// <param name="features">What the program understands.</param>
/// <param name="files">Files made for it; removed with the session.</param>
internal sealed class ClaudeProgram(string path, AgentRequest request, ClaudeFeatures features, ClaudeFiles files) : ITurnProgram
{
    /// <inheritdoc/>
    public string Name => ClaudeProvider.ProviderName;

    /// <inheritdoc/>
    public string Version => features.Version;

    /// <inheritdoc/>
    public bool HeedsInterrupt => true;

    /// <inheritdoc/>
    public TurnStart Compose(string prompt, string resume) => new(
        new ChildProcessStart
        {
            Program = path,
            Arguments = ClaudeArguments.Compose(request, features, files, resume),
            Environment = request.Environment,
            WorkingDirectory = request.WorkingDirectory,
        },
        resume.Length == 0 ? files.PromptPrefix + prompt : prompt);

    /// <inheritdoc/>
    public ITurnDecoder NewDecoder() => new ClaudeDecoder();

    /// <inheritdoc/>
    public void Dispose() => files.Dispose();
}
