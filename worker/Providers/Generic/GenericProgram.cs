using System.Text;
using Donmai.Core.Providers;
using Donmai.Core.Sessions.Children;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Generic;

/// <summary>The runs of a described program in one session.</summary>
internal sealed class GenericProgram : ITurnProgram
{
    private const string SessionPlace = "{sessionId}";
    private const string PromptPlace = "{prompt}";

    /// <summary>The system refuses an argument of 128 KiB.</summary>
    private const int LongestArgument = 120 * 1024;

    private readonly string _path;
    private readonly GenericAgent _agent;
    private readonly AgentRequest _request;
    private readonly PrivateFiles _files;
    private readonly string _madeUpSession = $"session-{Guid.NewGuid():N}";
    private string _systemPromptFile = "";

    private GenericProgram(string id, string path, GenericAgent agent, AgentRequest request, string session)
    {
        Name = id;
        _path = path;
        _agent = agent;
        _request = request;
        _files = new PrivateFiles(request.Host);
        Session = session;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool HeedsInterrupt => true;

    /// <summary>The session as the program itself has named it; empty as long as it has not.</summary>
    public string Session { get; set; }

    /// <summary>Whether an argument holds the session's id.</summary>
    public static bool NamesSession(string argument) => argument.Contains(SessionPlace, StringComparison.Ordinal);

    /// <summary>Prepares them: private files, the same for every turn.</summary>
    /// <param name="id">Id of the provider.</param>
    /// <param name="path">Absolute path of the program.</param>
    /// <param name="agent">Its description.</param>
    /// <param name="request">What to start.</param>
    /// <param name="session">Session to continue; empty for a new one.</param>
    /// <exception cref="AgentStartException">A file cannot be written.</exception>
    public static GenericProgram Prepare(string id, string path, GenericAgent agent, AgentRequest request, string session)
    {
        var program = new GenericProgram(id, path, agent, request, session);
        if (request.SystemPrompt.Length > 0 && agent.SystemPromptArguments.Count > 0)
            program._systemPromptFile = program._files.Write("system-prompt", ".md", Encoding.UTF8.GetBytes(request.SystemPrompt));
        return program;
    }

    /// <inheritdoc/>
    public TurnStart Compose(string prompt, string resume)
    {
        if (resume.Length > 0 && _agent.ResumeArguments.Count == 0)
            throw new AgentUnsupportedException($"{Name} takes no follow-up messages; describe how by providers.{Name}.resumeArguments in daemon.yaml");
        if (resume.Length > 0 && Session.Length == 0 && _agent.ResumeArguments.Exists(NamesSession))
            throw new AgentStartException($"{Name} did not name its session, so it cannot be continued; see providers.{Name}.mapping.sessionId in daemon.yaml");
        var whole = resume.Length == 0 && _request.SystemPrompt.Length > 0 && _systemPromptFile.Length == 0 ? $"{_request.SystemPrompt}\n\n{prompt}" : prompt;
        return new TurnStart(
            new ChildProcessStart
            {
                Program = _path,
                Arguments = Arguments(whole, isFollowUp: resume.Length > 0),
                Environment = _request.Environment,
                WorkingDirectory = _request.WorkingDirectory,
            },
            _agent.Prompt == PromptDelivery.Stdin ? whole : "");
    }

    /// <inheritdoc/>
    public ITurnDecoder NewDecoder() => _agent.Output == AgentOutput.Lines
        ? new PlainLines(_madeUpSession)
        : new MappedLines(_agent.Mapping, _madeUpSession, session => Session = session);

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();

    private List<string> Arguments(string prompt, bool isFollowUp)
    {
        List<string> arguments =
        [
            .. _agent.Arguments,
            .. _request.Model.Length > 0 ? _agent.ModelArguments : [],
            .. _request.Effort.Length > 0 ? _agent.EffortArguments : [],
            .. _systemPromptFile.Length > 0 ? _agent.SystemPromptArguments : [],
            .. isFollowUp ? _agent.ResumeArguments : [],
        ];
        if (_agent.Prompt == PromptDelivery.Argument && !arguments.Exists(static argument => argument.Contains(PromptPlace, StringComparison.Ordinal)))
            arguments.Add(PromptPlace);
        return arguments.ConvertAll(argument => Filled(argument, prompt));
    }

    // The prompt last: what it says is never taken for a placeholder.
    private string Filled(string argument, string prompt)
    {
        var filled = argument
            .Replace("{model}", _request.Model, StringComparison.Ordinal)
            .Replace("{effort}", _request.Effort, StringComparison.Ordinal)
            .Replace("{systemPromptFile}", _systemPromptFile, StringComparison.Ordinal)
            .Replace("{directory}", _request.WorkingDirectory, StringComparison.Ordinal)
            .Replace(SessionPlace, Session, StringComparison.Ordinal)
            .Replace(PromptPlace, prompt, StringComparison.Ordinal);
        if (filled.Contains('\0', StringComparison.Ordinal))
            throw new AgentStartException($"the prompt holds a NUL, which no argument of {Name} can hold; set providers.{Name}.prompt to stdin in daemon.yaml");
        if (Encoding.UTF8.GetByteCount(filled) > LongestArgument)
            throw new AgentStartException($"the prompt is longer than an argument of {Name} may be; set providers.{Name}.prompt to stdin in daemon.yaml");
        return filled;
    }
}
