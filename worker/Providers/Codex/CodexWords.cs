namespace Donmai.Worker.Providers.Codex;

/// <summary>
/// How the installed codex spells its settings: versions differ between <c>workspace-write</c> and <c>workspaceWrite</c> (worker.md §4.3.6 rule 6).
/// What a server refuses is said once more in its other spelling, which is kept then.
/// </summary>
internal sealed class CodexWords
{
    private bool _otherForThreads;
    private bool _otherForTurns;

    /// <summary>Spells approvals and sandbox of a thread the other way.</summary>
    public void TurnThreads() => _otherForThreads = !_otherForThreads;

    /// <summary>Spells approvals and sandbox of a turn the other way.</summary>
    public void TurnTurns() => _otherForTurns = !_otherForTurns;

    /// <summary>The policy of approvals in <c>thread/start</c>.</summary>
    public string Approvals(string word) => _otherForThreads ? Camel(word) : word;

    /// <summary>The policy of approvals in <c>turn/start</c>, as threads spell it.</summary>
    public string TurnApprovals(string word) => _otherForThreads ^ _otherForTurns ? Camel(word) : word;

    /// <summary>The sandbox in <c>thread/start</c>.</summary>
    public string Sandbox(string word) => _otherForThreads ? Camel(word) : word;

    /// <summary>The type of a sandbox policy in <c>turn/start</c>.</summary>
    public string SandboxPolicy(string word) => _otherForTurns ? word : Camel(word);

    private static string Camel(string word)
    {
        var parts = word.Split('-');
        return string.Concat([parts[0], .. parts.Skip(1).Select(static part => char.ToUpperInvariant(part[0]) + part[1..])]);
    }
}
