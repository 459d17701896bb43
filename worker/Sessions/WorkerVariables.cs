using System.Collections;

namespace Donmai.Worker.Sessions;

/// <summary>The worker's environment, read once at its start (worker.md §1.2). A name is looked for as <c>DONMAI_…</c>, then <c>RENSEI_…</c>.</summary>
/// <param name="all">Every variable.</param>
internal sealed class WorkerVariables(IReadOnlyDictionary<string, string> all)
{
    /// <summary>Every variable.</summary>
    public IReadOnlyDictionary<string, string> All => all;

    /// <summary>Those of this process.</summary>
    public static WorkerVariables OfThisProcess()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            all[(string)variable.Key] = (string?)variable.Value ?? "";
        return new WorkerVariables(all);
    }

    /// <summary>A trimmed, non-blank value of a product variable, or <see langword="null"/>.</summary>
    /// <param name="name">Name without its prefix, e.g. <c>SESSION_ID</c>.</param>
    public string? Own(string name) => Text($"DONMAI_{name}") ?? Text($"RENSEI_{name}");

    /// <summary>A trimmed, non-blank value, or <see langword="null"/>.</summary>
    public string? Text(string name) => all.GetValueOrDefault(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>Whether a product variable says yes: <c>1</c>, <c>true</c>, <c>yes</c>, <c>on</c>.</summary>
    public bool Flag(string name) => Own(name)?.ToLowerInvariant() is "1" or "true" or "yes" or "on";
}
