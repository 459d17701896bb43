namespace Donmai.Core.Daemon.Setup;

/// <summary>Whether the wizard is left out (daemon-runtime.md §4.2): the first that says anything decides.</summary>
/// <param name="Option">The caller's option to skip.</param>
/// <param name="StatedTerminal">What the caller says of the terminal, if it says anything.</param>
/// <param name="Variable">Value of <c>DONMAI_DAEMON_SKIP_WIZARD</c>; <c>0</c>, <c>false</c>, <c>off</c>, <c>no</c> and blank say nothing.</param>
/// <param name="HasTerminal">Whether input and output are both a real terminal.</param>
public sealed record SetupSkip(bool Option, bool? StatedTerminal, string? Variable, bool HasTerminal)
{
    private static readonly string[] Negative = ["", "0", "false", "off", "no"];

    /// <summary>The wizard must not ask.</summary>
    public bool Applies =>
        Option
        || (StatedTerminal is { } stated
            ? !stated
            : !Negative.Contains((Variable ?? "").Trim(), StringComparer.OrdinalIgnoreCase) || !HasTerminal);
}
