using System.Text.RegularExpressions;
using Donmai.Core.Daemon.Yaml;
using Donmai.Core.Providers;

namespace Donmai.Core.Daemon;

/// <summary>Reads <c>providers.&lt;id&gt;</c>: what is known of each agent runtime, and runtimes that no adapter is built in for (docs/providers.md).</summary>
/// <param name="paths">Makes paths absolute.</param>
internal sealed partial class ProviderReader(ConfigurationPaths paths)
{
    // What describes a program, and means nothing without one.
    private static readonly string[] OfCommand =
    [
        "label", "arguments", "modelArguments", "effortArguments", "systemPromptArguments", "resumeArguments", "versionArguments", "prompt", "output",
        "environment", "canModifyWorkspace", "mapping",
    ];

    /// <summary>The settings by provider id.</summary>
    public Dictionary<string, ProviderSettings> Read(YamlSection providers)
    {
        var all = new Dictionary<string, ProviderSettings>(StringComparer.Ordinal);
        foreach (var (id, provider) in providers.Sections())
            all[id] = new ProviderSettings
            {
                Binary = paths.Absolute(provider.Text("binary")),
                Endpoint = Endpoint(provider),
                IsolateHome = provider.Flag("isolateHome"),
                Prices = Prices(provider.Section("prices")),
                Generic = Generic(id, provider),
            };
        return all;
    }

    private static string? Endpoint(YamlSection provider)
    {
        if (provider.Text("endpoint")?.Trim() is not { Length: > 0 } text)
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url is not { Scheme: "http" or "https", UserInfo: "" })
            provider.Violate("endpoint", "must be an absolute http or https URL without a password");
        return text;
    }

    private static Dictionary<string, ModelPrice> Prices(YamlSection prices)
    {
        var all = new Dictionary<string, ModelPrice>(StringComparer.Ordinal);
        foreach (var (model, price) in prices.Sections())
            all[model] = new ModelPrice(Price(price, "input"), Price(price, "cachedInput"), Price(price, "output"));
        return all;
    }

    private static double Price(YamlSection price, string key)
    {
        var dollars = price.Number(key) ?? 0;
        if (dollars < 0)
            price.Violate(key, "must not be negative");
        return dollars;
    }

    private GenericAgent? Generic(string id, YamlSection provider)
    {
        var command = provider.Text("command");
        if (string.IsNullOrWhiteSpace(command))
        {
            if (!GenericAgent.ReservedIds.Contains(id, StringComparer.Ordinal))
                foreach (var key in provider.Keys().Intersect(OfCommand, StringComparer.Ordinal).Take(1))
                    provider.Violate(key, "is there without a command");
            return null;
        }

        if (GenericAgent.ReservedIds.Contains(id, StringComparer.Ordinal))
            provider.Violate("command", $"is not for {id}, which has an adapter of its own; name its program by binary");
        else if (!ProviderId().IsMatch(id))
            provider.Violate("command", $"is there for \"{id}\", which is no id of a provider: lower-case letters, digits and hyphens, 64 at most");
        return Describe(command, provider);
    }

    private GenericAgent Describe(string command, YamlSection provider)
    {
        var agent = new GenericAgent
        {
            Command = command.Contains('/', StringComparison.Ordinal) ? paths.Absolute(command)! : command,
            Label = provider.Text("label") ?? "",
            Arguments = provider.Texts("arguments"),
            ModelArguments = provider.Texts("modelArguments"),
            EffortArguments = provider.Texts("effortArguments"),
            SystemPromptArguments = provider.Texts("systemPromptArguments"),
            ResumeArguments = provider.Texts("resumeArguments"),
            VersionArguments = provider.Texts("versionArguments"),
            Prompt = provider.OneOf("prompt", "stdin", "argument") == "argument" ? PromptDelivery.Argument : PromptDelivery.Stdin,
            Output = provider.OneOf("output", "lines", "json-lines") == "json-lines" ? AgentOutput.JsonLines : AgentOutput.Lines,
            Environment = provider.Texts("environment"),
            CanModifyWorkspace = provider.Flag("canModifyWorkspace") ?? true,
            Mapping = Mapping(provider.Section("mapping")),
        };
        if (provider.Section("mapping").IsThere && agent.Output == AgentOutput.Lines)
            provider.Violate("mapping", "is for output: json-lines");
        if (agent.Prompt == PromptDelivery.Stdin && agent.Arguments.Exists(static argument => argument.Contains("{prompt}", StringComparison.Ordinal)))
            provider.Violate("arguments", "name {prompt}, which is for prompt: argument");
        foreach (var name in agent.Environment.Where(static name => !VariableName().IsMatch(name)))
            provider.Violate("environment", $"names \"{name}\"; it must be the name of an environment variable, or its beginning and *");
        return agent;
    }

    private static GenericMapping Mapping(YamlSection mapping)
    {
        var usual = new GenericMapping();
        return new GenericMapping
        {
            Kind = Member(mapping, "kind", usual.Kind),
            Kinds = Kinds(mapping.Section("kinds")),
            SessionId = Member(mapping, "sessionId", usual.SessionId),
            Text = Member(mapping, "text", usual.Text),
            Message = Member(mapping, "message", usual.Message),
            ToolName = Member(mapping, "toolName", usual.ToolName),
            ToolId = Member(mapping, "toolId", usual.ToolId),
            ToolInput = Member(mapping, "toolInput", usual.ToolInput),
            ToolOutput = Member(mapping, "toolOutput", usual.ToolOutput),
            ToolFailed = Member(mapping, "toolFailed", usual.ToolFailed),
            Success = Member(mapping, "success", usual.Success),
            InputTokens = Member(mapping, "inputTokens", usual.InputTokens),
            OutputTokens = Member(mapping, "outputTokens", usual.OutputTokens),
            CachedTokens = Member(mapping, "cachedTokens", usual.CachedTokens),
            CostUsd = Member(mapping, "costUsd", usual.CostUsd),
        };
    }

    private static string Member(YamlSection mapping, string key, string usual)
    {
        if (mapping.Text(key) is not { Length: > 0 } path)
            return usual;
        if (path.Split('.').Contains("", StringComparer.Ordinal))
            mapping.Violate(key, $"is \"{path}\"; it must be names of members joined by dots");
        return path;
    }

    private static Dictionary<string, string> Kinds(YamlSection kinds)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in kinds.Keys())
            all[word] = kinds.OneOf(word, [.. GenericMapping.EventKinds]) ?? GenericMapping.Ignored;
        return all;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProviderId();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\*?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VariableName();
}
