using System.Globalization;
using Donmai.Core.Git;
using Donmai.Core.Providers;
using Donmai.Core.Sessions;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Sessions;

/// <summary>
/// The agent's environment, layer by layer, lowest first (worker.md §6.1): an allow-list of the worker's own, the work item's, the
/// provider's, the tools', the session's. Nothing else reaches an agent.
/// </summary>
internal static class AgentEnvironment
{
    private static readonly HashSet<string> Base = new(StringComparer.Ordinal)
    {
        "PATH", "HOME", "USERPROFILE", "USER", "LOGNAME", "SHELL", "LANG", "TZ", "TERM", "TMPDIR", "TEMP", "TMP", "SystemRoot", "APPDATA",
        "LOCALAPPDATA", "NODE_EXTRA_CA_CERTS", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy",
        "all_proxy",
        "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM",
    };

    private const string Opencode = "opencode";

    private static readonly string[] BasePrefixes = ["LC_", "XDG_", "SSL_CERT_"];

    private static readonly Dictionary<string, string[]> ProviderPrefixes = new(StringComparer.Ordinal)
    {
        ["claude"] = ["CLAUDE_CONFIG_DIR", "CLAUDE_CODE_"],
        ["codex"] = ["OPENAI_API_KEY", "OPENAI_BASE_URL", "CODEX_"],
        ["gemini"] = ["GEMINI_", "GOOGLE_"],
        ["amp"] = ["AMP_"],
        ["opencode"] = ["OPENCODE_"],
        ["ollama"] = ["OLLAMA_"],
    };

    // Marks by which an agent recognises that it runs inside another one.
    private static readonly string[] NestingMarks = ["CLAUDECODE", "CLAUDE_CODE_ENTRYPOINT", "CLAUDE_CODE_SSE_PORT", "CLAUDE_CODE_CHILD_SESSION"];

    private static readonly (string Name, string Value)[] Tools =
    [
        ("CI", "1"), ("GH_PROMPT_DISABLED", "1"), ("GIT_TERMINAL_PROMPT", "0"), ("PAGER", "cat"), ("NO_COLOR", "1"),
        ("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1"), ("DISABLE_AUTOUPDATER", "1"), ("DISABLE_TELEMETRY", "1"),
    ];

    /// <summary>Composes it, sorted by name.</summary>
    /// <param name="worker">The worker's environment.</param>
    /// <param name="order">What is to be done.</param>
    /// <param name="credentials">How git proves who it is.</param>
    /// <param name="rules">What the owner of the machine allows.</param>
    public static SortedDictionary<string, string> Compose(WorkerVariables worker, WorkOrder order, GitCredentials credentials, SessionRules rules)
    {
        var environment = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Lay(environment, worker.All.Where(pair => IsBase(pair.Key, order.Detail.Repository) || rules.EnvAllow.Contains(pair.Key, StringComparer.Ordinal)));
        LayProviders(environment, worker.All, order.Provider, ConfiguredProviders.In(worker).GetValueOrDefault(order.Provider));
        if (order.Provider == Opencode)
            Lay(environment, worker.All.Where(pair => VendorKeys(order.Model).Contains(pair.Key, StringComparer.Ordinal)));
        LayItem(environment, worker, order);
        foreach (var (name, value) in Tools)
            environment[name] = value;
        credentials.AddTo(environment);
        if (credentials.TokenVariable is { } variable)
            Lay(environment, worker.All.Where(pair => pair.Key == variable));
        if (credentials.SshKey is { Length: > 0 })
            environment["GIT_SSH_COMMAND"] = credentials.SshCommand;
        Lay(environment, Session(order));
        // The mark by which the daemon knows what belongs to the session, however far it has gone from its parents.
        Lay(environment, worker.All.Where(static pair => pair.Key == WorkerEnvironment.RecordDirectory));
        RemoveWhatIsNeverPassed(environment, order.Provider);
        return environment;
    }

    /// <summary>Composes what a program of that provider is given when it is asked about itself: nothing of any session.</summary>
    /// <param name="host">The environment of whoever asks.</param>
    /// <param name="provider">Name of the provider.</param>
    /// <param name="settings">What is configured of it.</param>
    public static SortedDictionary<string, string> ForQuestions(IReadOnlyDictionary<string, string> host, string provider, ProviderSettings? settings = null)
    {
        var environment = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Lay(environment, host.Where(static pair => IsBase(pair.Key, repository: null)));
        LayProviders(environment, host, provider, settings);
        foreach (var (name, value) in Tools)
            environment[name] = value;
        RemoveWhatIsNeverPassed(environment, provider);
        return environment;
    }

    /// <summary>The session's variables, each only when it says something.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Session(WorkOrder order)
    {
        var detail = order.Detail;
        (string Name, string? Value)[] variables =
        [
            ("AGENTFACTORY_SESSION_ID", detail.SessionId), ("LINEAR_SESSION_ID", detail.SessionId), ("DONMAI_SESSION_ID", detail.SessionId),
            ("LINEAR_ISSUE_ID", detail.IssueId), ("DONMAI_ISSUE_ID", detail.IssueId),
            ("LINEAR_ISSUE_IDENTIFIER", detail.IssueIdentifier), ("DONMAI_ISSUE_IDENTIFIER", detail.IssueIdentifier),
            ("LINEAR_WORK_TYPE", detail.WorkType), ("DONMAI_WORK_TYPE", detail.WorkType),
            ("AGENTFACTORY_PROJECT", detail.ProjectName), ("DONMAI_PROJECT", detail.ProjectName),
            ("AGENTFACTORY_ORG_ID", detail.OrganizationId), ("DONMAI_ORG_ID", detail.OrganizationId),
            ("AGENTFACTORY_API_URL", order.IsLocal ? null : detail.PlatformUrl), ("DONMAI_API_URL", order.IsLocal ? null : detail.PlatformUrl),
            ("AGENTFACTORY_STAGE_ID", detail.StageId), ("DONMAI_STAGE_ID", detail.StageId),
            ("AGENTFACTORY_STAGE_MAX_DURATION_SECONDS", Positive(detail.StageBudget?.MaxDurationSeconds)),
            ("AGENTFACTORY_STAGE_MAX_SUB_AGENTS", Positive(detail.StageBudget?.MaxSubAgents)),
            ("AGENTFACTORY_STAGE_MAX_TOKENS", Positive(detail.StageBudget?.MaxTokens)),
            ("DONMAI_STAGE_MAX_DURATION_SECONDS", Positive(detail.StageBudget?.MaxDurationSeconds)),
            ("DONMAI_STAGE_MAX_SUB_AGENTS", Positive(detail.StageBudget?.MaxSubAgents)),
            ("DONMAI_STAGE_MAX_TOKENS", Positive(detail.StageBudget?.MaxTokens)),
        ];
        return variables.Where(static variable => !string.IsNullOrEmpty(variable.Value))
            .Select(static variable => KeyValuePair.Create(variable.Name, variable.Value!));
    }

    /// <summary>The platform's token: the file that has it in force, and the token of now for programs that do not know the file.</summary>
    /// <param name="environment">The agent's environment.</param>
    /// <param name="order">What is to be done.</param>
    /// <param name="file">The file; <see langword="null"/> when there is no token.</param>
    /// <param name="rules">What the owner of the machine allows.</param>
    public static void AddToken(IDictionary<string, string> environment, WorkOrder order, string? file, SessionRules rules)
    {
        if (file is null)
            return;
        environment["AGENTFACTORY_TOKEN_FILE"] = file;
        environment["DONMAI_TOKEN_FILE"] = file;
        if (!rules.HidesToken)
            environment["WORKER_AUTH_TOKEN"] = order.Detail.AuthToken!;
    }

    /// <summary>The variables that name a session's place, known once the work tree is made.</summary>
    public static void AddPlace(IDictionary<string, string> environment, string branch, string baseRef, string worktree)
    {
        environment["DONMAI_WORK_BRANCH"] = branch;
        environment["DONMAI_BASE_REF"] = baseRef;
        environment["DONMAI_WORKTREE"] = worktree;
    }

    private static void LayProviders(
        SortedDictionary<string, string> environment, IReadOnlyDictionary<string, string> host, string provider, ProviderSettings? settings)
    {
        if (settings?.Generic is { } described)
            Lay(environment, host.Where(pair => described.Environment.Exists(pattern => IsNamed(pair.Key, pattern))));
        else if (ProviderPrefixes.TryGetValue(provider, out var prefixes))
            Lay(environment, host.Where(pair => prefixes.Any(prefix => pair.Key.StartsWith(prefix, StringComparison.Ordinal))));
    }

    private static bool IsNamed(string name, string pattern) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;

    // A model is named "vendor/model".
    private static string[] VendorKeys(string model) => model.Split('/')[0].ToLowerInvariant() switch
    {
        "anthropic" => ["ANTHROPIC_API_KEY"],
        "openai" => ["OPENAI_API_KEY"],
        "google" => ["GEMINI_API_KEY", "GOOGLE_GENERATIVE_AI_API_KEY"],
        "openrouter" => ["OPENROUTER_API_KEY"],
        "groq" => ["GROQ_API_KEY"],
        "mistral" => ["MISTRAL_API_KEY"],
        "deepseek" => ["DEEPSEEK_API_KEY"],
        "xai" => ["XAI_API_KEY"],
        _ => [],
    };

    private static void RemoveWhatIsNeverPassed(SortedDictionary<string, string> environment, string provider)
    {
        foreach (var name in environment.Keys.Where(name => IsNeverPassed(name, provider)).ToList())
            environment.Remove(name);
    }

    private static void LayItem(SortedDictionary<string, string> environment, WorkerVariables worker, WorkOrder order)
    {
        var names = (worker.Own("ITEM_ENV") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
        Lay(environment, worker.All.Where(pair => names.Contains(pair.Key)));
        if (order.Provider == Providers.Stub.StubProvider.ProviderName)
            Lay(environment, worker.All.Where(static pair => pair.Key is "RENSEI_STUB_MODE" or "DONMAI_STUB_MODE"));
    }

    private static bool IsBase(string name, string? repository) =>
        Base.Contains(name)
        || BasePrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
        || (name == "SSH_AUTH_SOCK" && GitRepositoryAddress.UsesSsh(repository ?? ""));

    private static bool IsNeverPassed(string name, string provider) =>
        name.Length == 0 || name.Contains('=') || name.Contains('\0')
        || name.EndsWith("_DAEMON_TOKEN", StringComparison.Ordinal)
        || name.StartsWith("LD_", StringComparison.Ordinal) || name.StartsWith("DYLD_", StringComparison.Ordinal)
        || (name.StartsWith("RENSEI_DAEMON_", StringComparison.Ordinal) && name != "RENSEI_DAEMON_URL")
        || (name.StartsWith("DONMAI_DAEMON_", StringComparison.Ordinal) && name != "DONMAI_DAEMON_URL")
        || name.Contains("CONTROL_TOKEN", StringComparison.Ordinal)
        || NestingMarks.Contains(name, StringComparer.Ordinal)
        || (name is "RENSEI_STUB_MODE" or "DONMAI_STUB_MODE" && provider != Providers.Stub.StubProvider.ProviderName);

    private static void Lay(SortedDictionary<string, string> environment, IEnumerable<KeyValuePair<string, string>> layer)
    {
        foreach (var (name, value) in layer)
            environment[name] = value;
    }

    private static string? Positive(int? value) => value is > 0 ? value.Value.ToString(CultureInfo.InvariantCulture) : null;
}
