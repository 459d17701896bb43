using Donmai.Core.Sessions.Children;
using Donmai.Worker.Providers.Claude;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Amp;

/// <summary>The runs of <c>amp</c> in one session (worker.md §4.6). It writes the lines that <c>claude</c> writes.</summary>
internal sealed class AmpProgram : ITurnProgram
{
    private const string AllowAll = "--dangerously-allow-all";
    private const string McpFlag = "--mcp-config";
    private const string ModelFlag = "--model";
    private const string SettingsFlag = "--settings-file";

    private static readonly string[] Quiet = ["--no-ide", "--no-notifications"];

    private readonly string _path;
    private readonly AgentRequest _request;
    private readonly PrivateFiles _files;
    private readonly List<string> _options = ["-x", "--stream-json"];

    private AmpProgram(string path, AgentRequest request, string version)
    {
        Version = version;
        _path = path;
        _request = request;
        _files = new PrivateFiles(request.Host);
    }

    /// <inheritdoc/>
    public string Name => AmpProvider.ProviderName;

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public bool HeedsInterrupt => true;

    /// <summary>Prepares them: options and private files, the same for every turn.</summary>
    /// <param name="path">Absolute path of the program.</param>
    /// <param name="request">What to start.</param>
    /// <param name="program">What the program understands.</param>
    /// <exception cref="AgentStartException">The policy cannot be enforced, a file cannot be written, or a tool server is incomplete.</exception>
    public static AmpProgram Prepare(string path, AgentRequest request, ProgramDescription program)
    {
        var prepared = new AmpProgram(path, request, program.Version);
        try
        {
            prepared.AddOptions(program);
            return prepared;
        }
        catch (AgentStartException)
        {
            prepared.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public TurnStart Compose(string prompt, string resume) => new(
        new ChildProcessStart
        {
            Program = _path,
            Arguments = resume.Length > 0 ? ["threads", "continue", resume, .. _options] : _options,
            Environment = _request.Environment,
            WorkingDirectory = _request.WorkingDirectory,
        },
        resume.Length == 0 && _request.SystemPrompt.Length > 0 ? $"{_request.SystemPrompt}\n\n{prompt}" : prompt);

    /// <inheritdoc/>
    public ITurnDecoder NewDecoder() => new ClaudeDecoder();

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();

    private void AddOptions(ProgramDescription program)
    {
        _options.AddRange(Quiet.Where(program.Takes));
        AddPolicy(program);
        if (_request.McpServers.Count > 0)
        {
            if (program.Takes(McpFlag))
                _options.AddRange([McpFlag, _files.Write("mcp", ".json", McpConfigurationFile.Compose(_request.McpServers, bare: true))]);
            else
                _request.Host.Warn($"this version of amp takes no MCP servers; {_request.McpServers.Count} were left out");
        }

        if (_request.Model.Length > 0 && program.Takes(ModelFlag))
            _options.AddRange([ModelFlag, _request.Model]);
        else
            UnhonouredFields.Warn(_request, Name, UnhonouredFields.Model);
    }

    // What cannot be enforced is not started.
    private void AddPolicy(ProgramDescription program)
    {
        if (!AmpSettings.AreNeededFor(_request))
        {
            if (program.Takes(AllowAll))
                _options.Add(AllowAll);
            return;
        }

        if (!program.Takes(SettingsFlag))
            throw new AgentStartException($"this version of amp has no {SettingsFlag}, so it cannot be held to what the session allows; update it");
        _options.AddRange([SettingsFlag, _files.Write("amp-settings", ".json", AmpSettings.Compose(_request))]);
    }
}
