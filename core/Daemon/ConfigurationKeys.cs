using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Donmai.Core.Daemon;

/// <summary>All keys of <c>daemon.yaml</c> that the product knows, for who shows and sets them one by one (daemon-runtime.md §2.3).</summary>
public static partial class ConfigurationKeys
{
    /// <summary>The keys, in the order of the file. Entries of lists have none of their own; they are found by <see cref="Find"/>.</summary>
    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        Text("machine.id", static c => c.MachineId),
        Text("machine.displayName", static c => c.DisplayName),
        Text("machine.region", static c => c.Region),
        Whole("capacity.maxConcurrentSessions", static c => c.MaxConcurrentSessions),
        Whole("capacity.maxVCpuPerSession", static c => c.MaxVCpuPerSession),
        Whole("capacity.maxMemoryMbPerSession", static c => c.MaxMemoryMbPerSession),
        Whole("capacity.reservedForSystem.vCpu", static c => c.ReservedVCpu),
        Whole("capacity.reservedForSystem.memoryMb", static c => c.ReservedMemoryMb),
        Whole("capacity.poolMaxDiskGb", static c => c.PoolMaxDiskGb),
        Whole("capacity.minFreeDiskMb", static c => c.MinFreeDiskMb),
        new("projects", ConfigurationKind.Entries, static _ => null),
        Text("orchestrator.url", static c => c.OrchestratorUrl),
        new("orchestrator.authToken", ConfigurationKind.Secret, static c => JsonValue.Create(c.AuthTokenText)),
        new("orchestrator.allowRemoteConfiguration", ConfigurationKind.Flag, static c => JsonValue.Create(c.AllowRemoteConfiguration)),
        Text("autoUpdate.channel", static c => c.Update.Channel),
        Text("autoUpdate.schedule", static c => c.Update.Schedule),
        Whole("autoUpdate.drainTimeoutSeconds", static c => (int)c.Update.DrainTimeout.TotalSeconds),
        Text("autoUpdate.url", static c => c.Update.Url?.OriginalString),
        Text("autoUpdate.pin", static c => c.Update.Pin),
        new("autoUpdate.signers", ConfigurationKind.Entries, static _ => null),
        Text("autoUpdate.trustRootPath", static c => c.Update.TrustRootPath),
        Text("observability.logFormat", static c => c.Observability.LogFormat),
        Text("observability.logPath", static c => c.Observability.LogPath),
        Whole("observability.metricsPort", static c => c.Observability.MetricsPort),
        Text("workarea.archiveRoot", static c => c.ArchiveRoot),
        Text("workarea.archive", static c => c.Archiving.Policy),
        Whole("workarea.maxArchives", static c => c.Archiving.MaxCount),
        Whole("workarea.maxArchiveGb", static c => c.Archiving.MaxGb),
        Whole("workarea.maxArchiveAgeDays", static c => c.Archiving.MaxAgeDays),
        Whole("workarea.diffStreamingThreshold", static c => c.DiffStreamingThreshold),
        Whole("workarea.pool.warm", static c => c.Pool.Warm),
        Whole("workarea.pool.maxAgeHours", static c => c.Pool.MaxAgeHours),
        Texts("workarea.pool.canonicalFiles", static c => c.Pool.CanonicalFiles),
        Texts("kit.scanPaths", static c => c.KitScanPaths),
        Text("trust.mode", static c => c.Trust.Mode),
        Texts("trust.issuerSet", static c => c.Trust.IssuerSet),
        Text("trust.actor", static c => c.Trust.Actor),
        Whole("session.maxDurationSeconds", static c => c.SessionMaxDurationSeconds),
        Whole("session.noProgressTimeoutSeconds", static c => c.SessionNoProgressSeconds),
        Whole("session.stopGraceSeconds", static c => c.StopGraceSeconds),
        Whole("session.limits.worktreeSeconds", static c => c.SessionLimits.WorktreeSeconds),
        Whole("session.limits.kitsSeconds", static c => c.SessionLimits.KitsSeconds),
        Whole("session.limits.spawnSeconds", static c => c.SessionLimits.SpawnSeconds),
        Whole("session.limits.steeringSeconds", static c => c.SessionLimits.SteeringSeconds),
        Whole("session.limits.backstopSeconds", static c => c.SessionLimits.BackstopSeconds),
        Whole("session.limits.publishingSeconds", static c => c.SessionLimits.PublishingSeconds),
        Whole("session.limits.closingSeconds", static c => c.SessionLimits.ClosingSeconds),
        Whole("session.limits.reportingSeconds", static c => c.SessionLimits.ReportingSeconds),
        Whole("session.limits.cleaningSeconds", static c => c.SessionLimits.CleaningSeconds),
        Flag("session.logRaw", static c => c.SessionLogRaw),
        Texts("session.envAllow", static c => c.Rules.EnvAllow),
        Flag("session.exposeToken", static c => !c.Rules.HidesToken),
        Flag("session.allowRepositoryTemplates", static c => c.Rules.AllowRepositoryTemplates),
        Text("session.templates", static c => c.Rules.Templates),
        Text("session.tracker", static c => c.Rules.Tracker),
        Flag("backstop.skipHooks", static c => c.Rules.SkipHooks),
        Texts("backstop.protectedBranches", static c => c.Rules.ProtectedBranches),
        Flag("providers.allowStub", static c => c.AllowStub),
        Text("routing.ordering", static c => c.Routing.Ordering),
        Texts("routing.order", static c => c.Routing.Order),
        Number("routing.weights.cost", static c => c.Routing.CostWeight),
        Number("routing.weights.latency", static c => c.Routing.LatencyWeight),
        Whole("routing.ringSize", static c => c.Routing.RingSize),
        Whole("routing.seed", static c => c.Routing.Seed),
        new("routing.capabilityFilters", ConfigurationKind.Entries, static _ => null),
        new("routing.allow", ConfigurationKind.Entries, static _ => null),
        new("routing.deny", ConfigurationKind.Entries, static _ => null),
    ];

    /// <summary>The key of that name, also one of an entry of a list or of a provider; <see langword="null"/> when nobody knows it.</summary>
    public static ConfigurationKey? Find(string name) =>
        All.FirstOrDefault(key => key.Name == name)
        ?? (KindOfEntry(name) is { } kind ? new ConfigurationKey(name, kind, static _ => null) : null);

    /// <summary>Whether a daemon binds itself to the key at its start, so that a change waits for the next one (daemon-runtime.md §2.8).</summary>
    public static bool IsOfStart(string name) =>
        name == "machine.id" || name.StartsWith("observability.", StringComparison.Ordinal);

    /// <summary>What a person typed as the value of a key.</summary>
    /// <exception cref="ConfigurationEditException">It is no such value.</exception>
    public static JsonNode Parse(ConfigurationKey key, string text) => key.Kind switch
    {
        ConfigurationKind.Whole when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        ConfigurationKind.Number when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        ConfigurationKind.Flag when bool.TryParse(text, out var flag) => JsonValue.Create(flag),
        ConfigurationKind.Text or ConfigurationKind.Secret => JsonValue.Create(text),
        ConfigurationKind.Texts when !text.StartsWith('[') => new JsonArray([.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(static item => JsonValue.Create(item))]),
        ConfigurationKind.Texts or ConfigurationKind.Entries when List(text) is { } list => list,
        _ => throw new ConfigurationEditException($"{key.Name} cannot be \"{text}\"; it must be {Words(key.Kind)}."),
    };

    private static ConfigurationKind? KindOfEntry(string name) =>
        EntryKey().IsMatch(name) || ProviderText().IsMatch(name) ? ConfigurationKind.Text
        : ProviderTexts().IsMatch(name) ? ConfigurationKind.Texts
        : ProviderFlag().IsMatch(name) || ProjectFlag().IsMatch(name) ? ConfigurationKind.Flag
        : ProjectWhole().IsMatch(name) ? ConfigurationKind.Whole
        : ProviderPrice().IsMatch(name) ? ConfigurationKind.Number
        : null;

    private static JsonArray? List(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonArray;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Words(ConfigurationKind kind) => kind switch
    {
        ConfigurationKind.Whole => "a whole number",
        ConfigurationKind.Number => "a number",
        ConfigurationKind.Flag => "true or false",
        ConfigurationKind.Texts => "a list: one, two",
        _ => "a list in JSON",
    };

    private static ConfigurationKey Text(string name, Func<DaemonConfiguration, string?> value) =>
        new(name, ConfigurationKind.Text, configuration => JsonValue.Create(value(configuration)));

    private static ConfigurationKey Whole(string name, Func<DaemonConfiguration, int?> value) =>
        new(name, ConfigurationKind.Whole, configuration => JsonValue.Create(value(configuration)));

    private static ConfigurationKey Number(string name, Func<DaemonConfiguration, double> value) =>
        new(name, ConfigurationKind.Number, configuration => JsonValue.Create(value(configuration)));

    private static ConfigurationKey Flag(string name, Func<DaemonConfiguration, bool> value) =>
        new(name, ConfigurationKind.Flag, configuration => JsonValue.Create(value(configuration)));

    private static ConfigurationKey Texts(string name, Func<DaemonConfiguration, IReadOnlyList<string>> value) =>
        new(name, ConfigurationKind.Texts, configuration => new JsonArray([.. value(configuration).Select(static item => JsonValue.Create(item))]));

    [GeneratedRegex(
        @"^(projects\[\d{1,6}\]\.(id|repository|cloneStrategy|git\.(credentialHelper|sshKey|tokenVariable))|autoUpdate\.signers\[\d{1,6}\]\.(issuer|san|sanRegex)|routing\.(capabilityFilters\[\d{1,6}\]\.(field|op|value)|(allow|deny)\[\d{1,6}\]\.(project|provider)))$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EntryKey();

    [GeneratedRegex(
        @"^providers\.[a-z0-9-]{1,64}\.(binary|endpoint|command|label|prompt|output|mapping\.(kind|kinds\.[^.\[\]]{1,64}|sessionId|text|message|toolName|toolId|toolInput|toolOutput|toolFailed|success|inputTokens|outputTokens|cachedTokens|costUsd))$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProviderText();

    [GeneratedRegex(
        @"^providers\.[a-z0-9-]{1,64}\.(arguments|modelArguments|effortArguments|systemPromptArguments|resumeArguments|versionArguments|environment)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProviderTexts();

    [GeneratedRegex(@"^projects\[\d{1,6}\]\.(submodules|lfs|mergeQueue)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProjectFlag();

    [GeneratedRegex(@"^projects\[\d{1,6}\]\.pool$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProjectWhole();

    [GeneratedRegex(@"^providers\.[a-z0-9-]{1,64}\.(isolateHome|canModifyWorkspace)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProviderFlag();

    [GeneratedRegex(
        @"^providers\.[a-z0-9-]{1,64}\.prices\.[^.\[\]]{1,64}\.(input|cachedInput|output)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProviderPrice();
}
