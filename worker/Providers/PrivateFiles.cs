using Donmai.Worker.Sessions;

namespace Donmai.Worker.Providers;

/// <summary>Files (0600) that an adapter makes for its agent outside of the work tree; removed with the session.</summary>
/// <param name="host">The worker's side, whose private directory they lie in.</param>
internal sealed class PrivateFiles(IAgentHost host) : IDisposable
{
    private readonly List<string> _made = [];

    /// <summary>Writes one.</summary>
    /// <param name="name">Beginning of its name; the rest is random.</param>
    /// <param name="suffix">End of its name.</param>
    /// <param name="content">What it holds.</param>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="AgentStartException">The disk refused.</exception>
    public string Write(string name, string suffix, ReadOnlySpan<byte> content)
    {
        var path = Path.Combine(host.PrivateDirectory, $"{name}-{Guid.NewGuid():N}{suffix}");
        try
        {
            using var file = new FileStream(path, AtomicFile.Options(FileMode.CreateNew, FileAccess.Write));
            _made.Add(path);
            file.Write(content);
            return path;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new AgentStartException($"'{path}', which the agent was to read, could not be written: {refused.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _made.ForEach(File.Delete);
}
