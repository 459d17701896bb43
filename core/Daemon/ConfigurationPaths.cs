namespace Donmai.Core.Daemon;

/// <summary>Makes the paths of <c>daemon.yaml</c> absolute.</summary>
/// <param name="state">The state directory; relative paths start there.</param>
/// <param name="home">The user's home directory, for a leading <c>~/</c>; <see langword="null"/> when it is unknown.</param>
internal sealed class ConfigurationPaths(StateDirectory state, string? home)
{
    private const string LegacyState = ".rensei";
    private const string OwnState = ".donmai";

    /// <summary>The path, absolute; <see langword="null"/> for none.</summary>
    public string? Absolute(string? path) =>
        string.IsNullOrEmpty(path) ? null : Path.GetFullPath(Expanded(path), state.Root);

    /// <summary>The text, with a leading <c>~/</c> replaced; a name stays a name.</summary>
    public string? NameOrPath(string? text) => string.IsNullOrEmpty(text) ? null : Expanded(text);

    /// <summary>
    /// Where archives are when no key says it; beside a new state directory without any, those of the former product (control-api.md §1.7).
    /// </summary>
    public (string Path, bool IsLegacy) Archives()
    {
        if (home is not { Length: > 0 } || state.Root != Path.Combine(home, OwnState) || Directory.Exists(state.Workareas))
            return (state.Workareas, false);
        var legacy = new StateDirectory(Path.Combine(home, LegacyState)).Workareas;
        return Directory.Exists(legacy) ? (legacy, true) : (state.Workareas, false);
    }

    private string Expanded(string path) =>
        path.StartsWith("~/", StringComparison.Ordinal) && home is { Length: > 0 } ? Path.Combine(home, path[2..]) : path;
}
