namespace Donmai.Core.Daemon;

/// <summary>
/// The daemon's own environment variables (daemon-runtime.md §2.10). A name is looked for as <c>DONMAI_…</c>, then by its former name
/// <c>RENSEI_…</c>, which is worth one warning a process.
/// </summary>
/// <param name="read">The value of a variable; <see langword="null"/> when it is not set.</param>
/// <param name="warn">Told once of every former name that is used: the former name, then the present one.</param>
public sealed class DaemonVariables(Func<string, string?> read, Action<string, string>? warn = null)
{
    private const string Prefix = "DONMAI_";
    private const string FormerPrefix = "RENSEI_";

    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);

    /// <summary>An environment in which nothing is set.</summary>
    public static DaemonVariables None { get; } = new(static _ => null);

    /// <summary>The variables of this process.</summary>
    /// <param name="warn">Told once of every former name that is used.</param>
    public static DaemonVariables OfThisProcess(Action<string, string>? warn = null) => new(Environment.GetEnvironmentVariable, warn);

    /// <summary>The value of any variable, by its whole name; <see langword="null"/> when it is not set.</summary>
    public string? Any(string name) => read(name);

    /// <summary>The value of the daemon's variable <c>DONMAI_</c><paramref name="name"/>; <see langword="null"/> when it is empty or not set.</summary>
    /// <param name="name">The name without its prefix, e.g. <c>DAEMON_TOKEN</c>.</param>
    public string? Own(string name)
    {
        if (read(Prefix + name) is { Length: > 0 } value)
            return value;
        if (read(FormerPrefix + name) is not { Length: > 0 } former)
            return null;
        lock (_warned)
        {
            if (_warned.Add(name))
                warn?.Invoke(FormerPrefix + name, Prefix + name);
        }

        return former;
    }
}
