namespace Donmai.Worker.Providers.Processes;

/// <summary>What a program says of itself (worker.md §4.0 CP-13).</summary>
internal sealed record ProgramDescription
{
    /// <summary>Which program, and what it was asked; empty when it is not kept.</summary>
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary>Its version text; empty when unknown.</summary>
    public string Version { get; init => field = value ?? ""; } = "";

    /// <summary>Its help; empty when unknown.</summary>
    public string Help { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it said what it understands.</summary>
    public bool IsKnown => Help.Length > 0;

    /// <summary>Whether its help names an option.</summary>
    /// <param name="option">E.g. <c>--model</c>.</param>
    public bool Names(string option)
    {
        for (var at = Help.IndexOf(option, StringComparison.Ordinal); at >= 0; at = Help.IndexOf(option, at + 1, StringComparison.Ordinal))
        {
            var after = at + option.Length;
            if (after == Help.Length || !(char.IsAsciiLetterOrDigit(Help[after]) || Help[after] == '-'))
                return true;
        }

        return false;
    }

    /// <summary>Whether an option may be used: its help names it, or nothing is known of the program.</summary>
    /// <param name="option">E.g. <c>--model</c>.</param>
    public bool Takes(string option) => !IsKnown || Names(option);
}
