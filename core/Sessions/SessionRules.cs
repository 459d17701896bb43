using System.Text.Json;
using System.Text.Json.Serialization;

namespace Donmai.Core.Sessions;

/// <summary>
/// What the owner of a machine allows its sessions and wants of them (<c>session</c> and <c>backstop</c> in <c>daemon.yaml</c>). The daemon hands
/// it to each worker in one variable, which no work item can set and no agent sees.
/// </summary>
public sealed partial record SessionRules
{
    /// <summary>Variable that holds the rules as a JSON object.</summary>
    public const string Variable = "DONMAI_SESSION_RULES";

    private const string DefaultTracker = "pnpm af-linear";

    /// <summary>The defaults.</summary>
    public static SessionRules Default { get; } = new();

    /// <summary>Variables of the worker's environment that agents get as well (<c>session.envAllow</c>).</summary>
    public List<string> EnvAllow { get; init => field = value ?? []; } = [];

    /// <summary>Whether agents get the file with the platform's token alone, not the token itself (<c>session.exposeToken: false</c>).</summary>
    public bool HidesToken { get; init; }

    /// <summary>Whether repositories may override prompts (<c>session.allowRepositoryTemplates</c>).</summary>
    public bool AllowRepositoryTemplates { get; init; }

    /// <summary>Directory with the owner's own prompt templates (<c>session.templates</c>); <see langword="null"/> for none.</summary>
    public string? Templates { get; init; }

    /// <summary>Program by which agents reach the issue tracker (<c>session.tracker</c>).</summary>
    public string Tracker { get; init => field = string.IsNullOrWhiteSpace(value) ? DefaultTracker : value.Trim(); } = DefaultTracker;

    /// <summary>Whether a hook of a repository that refuses a commit of the backstop is passed over (<c>backstop.skipHooks</c>).</summary>
    public bool SkipHooks { get; init; }

    /// <summary>Branches that are never a work branch and never pushed (<c>backstop.protectedBranches</c>); <c>*</c> stands for anything.</summary>
    public List<string> ProtectedBranches { get; init => field = value ?? []; } = [];

    /// <summary>The rules as the text of <see cref="Variable"/>.</summary>
    public string ToText() => JsonSerializer.Serialize(this, Wire.Default.SessionRules);

    /// <summary>Reads the text of <see cref="Variable"/>.</summary>
    /// <param name="text">The text; blank for the defaults.</param>
    /// <exception cref="JsonException">It is no such object.</exception>
    public static SessionRules Parse(string? text) => string.IsNullOrWhiteSpace(text)
        ? Default
        : JsonSerializer.Deserialize(text, Wire.Default.SessionRules) ?? Default;

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(SessionRules))]
    private sealed partial class Wire : JsonSerializerContext;
}
