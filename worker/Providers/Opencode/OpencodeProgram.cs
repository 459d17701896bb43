using System.Text;
using Donmai.Core.Sessions.Children;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Opencode;

/// <summary>The runs of <c>opencode run</c> in one session (worker.md §4.5).</summary>
internal sealed class OpencodeProgram : ITurnProgram
{
    private static readonly string[] ApprovalFlags = ["--dangerously-skip-permissions", "--auto"];

    private readonly string _path;
    private readonly AgentRequest _request;
    private readonly PrivateFiles _files;
    private readonly List<string> _options = ["run", "--format", "json"];
    private IReadOnlyDictionary<string, string> _environment;
    private OpencodeApproval _approval = OpencodeApproval.None;
    private string _prefix = "";

    private OpencodeProgram(string path, AgentRequest request, string version)
    {
        Version = version;
        _path = path;
        _request = request;
        _environment = request.Environment;
        _files = new PrivateFiles(request.Host);
    }

    /// <inheritdoc/>
    public string Name => OpencodeProvider.ProviderName;

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public bool HeedsInterrupt => true;

    /// <summary>Prepares them: options, configuration and private files, the same for every turn.</summary>
    /// <param name="path">Absolute path of the program.</param>
    /// <param name="request">What to start.</param>
    /// <param name="program">What <c>run</c> understands.</param>
    /// <exception cref="AgentStartException">A file cannot be written, or a tool server is incomplete.</exception>
    public static OpencodeProgram Prepare(string path, AgentRequest request, ProgramDescription program)
    {
        var prepared = new OpencodeProgram(path, request, program.Version);
        try
        {
            prepared.AddOptions(program);
            prepared.Configure(program);
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
            Arguments = resume.Length > 0 ? [.. _options, "--session", resume] : _options,
            Environment = _environment,
            WorkingDirectory = _request.WorkingDirectory,
        },
        resume.Length == 0 ? _prefix + prompt : prompt);

    /// <inheritdoc/>
    public ITurnDecoder NewDecoder() => new OpencodeDecoder();

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();

    private void AddOptions(ProgramDescription program)
    {
        if (_request.Policy == ExecutionPolicy.Full && Array.Find(ApprovalFlags, program.Takes) is { } flag)
        {
            _options.Add(flag);
            _approval = OpencodeApproval.Automatic;
        }

        if (program.Takes("--dir"))
            _options.AddRange(["--dir", _request.WorkingDirectory]);
        if (_request.Model.Length > 0)
            _options.AddRange(["--model", _request.Model]);
        if (_request.Effort.Length > 0 && program.Takes("--variant"))
            _options.AddRange(["--variant", _request.Effort]);
        else if (_request.Effort.Length > 0)
            _request.Host.Warn($"this version of opencode takes no effort; '{_request.Effort}' was left out");
    }

    // A program that does not say what it understands may not read the configuration: then the prompt carries the instructions.
    private void Configure(ProgramDescription program)
    {
        var definesAgent = OpencodeConfiguration.DefinesAgent(_request) && program.Names("--agent");
        var instructions = "";
        if (_request.SystemPrompt.Length > 0 && !definesAgent)
        {
            if (program.IsKnown)
                instructions = _files.Write("system-prompt", ".md", Encoding.UTF8.GetBytes(_request.SystemPrompt));
            else
                _prefix = _request.SystemPrompt + "\n\n";
            UnhonouredFields.Warn(_request, Name, UnhonouredFields.SystemPromptReplacement);
        }

        if (definesAgent)
            _options.AddRange(["--agent", OpencodeConfiguration.AgentName]);
        var request = definesAgent ? _request : _request with { ReplacesSystemPrompt = false };
        _environment = new SortedDictionary<string, string>(_request.Environment.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            [OpencodeConfiguration.Variable] = OpencodeConfiguration.Compose(request, instructions, _approval),
        };
    }
}
