namespace Donmai.Worker.Providers.Codex;

/// <summary>What arrives in pieces.</summary>
internal enum CodexSpeech
{
    /// <summary>The agent's words.</summary>
    Message,

    /// <summary>Its thoughts.</summary>
    Reasoning,

    /// <summary>What a command prints.</summary>
    CommandOutput,
}
