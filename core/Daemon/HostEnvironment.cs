using System.Collections;

namespace Donmai.Core.Daemon;

/// <summary>The environment in which programs of this machine are looked for: the daemon's own, not that of a user's shell (daemon-runtime.md §5).</summary>
/// <param name="Variables">Every variable.</param>
public sealed record HostEnvironment(IReadOnlyDictionary<string, string> Variables)
{
    private const string PathVariable = "PATH";

    /// <summary>Text of <c>PATH</c>; empty when there is none.</summary>
    public string SearchPath => Variables.GetValueOrDefault(PathVariable, "");

    /// <summary>The environment of this process, without the daemon's own secrets.</summary>
    public static HostEnvironment OfThisProcess() => new(
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(static entry => !IsSecret((string)entry.Key))
            .ToDictionary(static entry => (string)entry.Key, static entry => (string?)entry.Value ?? "", StringComparer.Ordinal));

    /// <summary>The same with another <c>PATH</c>.</summary>
    public HostEnvironment WithSearchPath(string searchPath) =>
        new(new Dictionary<string, string>(Variables, StringComparer.Ordinal) { [PathVariable] = searchPath });

    private static bool IsSecret(string name) =>
        name.EndsWith("_DAEMON_TOKEN", StringComparison.Ordinal) || name.EndsWith("_CONTROL_TOKEN", StringComparison.Ordinal);
}
