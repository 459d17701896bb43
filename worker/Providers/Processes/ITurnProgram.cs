namespace Donmai.Worker.Providers.Processes;

/// <summary>An agent's program that is run once for every turn (worker.md §4.0). Disposing removes the files that were made for it.</summary>
internal interface ITurnProgram : IDisposable
{
    /// <summary>Its name in error texts.</summary>
    string Name { get; }

    /// <summary>Its version text; empty when unknown.</summary>
    string Version => "";

    /// <summary>Whether it ends by itself within a second of an interrupt, as a rule (CP-9).</summary>
    bool HeedsInterrupt { get; }

    /// <summary>Composes one run.</summary>
    /// <param name="prompt">The user's message.</param>
    /// <param name="resume">Provider session to continue; empty for a new one.</param>
    TurnStart Compose(string prompt, string resume);

    /// <summary>What reads the output of one run.</summary>
    ITurnDecoder NewDecoder();
}
