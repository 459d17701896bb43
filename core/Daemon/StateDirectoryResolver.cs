namespace Donmai.Core.Daemon;

/// <summary>Finds the state directory, once per process (daemon-runtime.md §1.1).</summary>
/// <param name="home">The user's home directory; <see langword="null"/> or empty when it cannot be determined.</param>
/// <param name="overriding">Value of <see cref="OverrideVariable"/>, read by the program's entry point.</param>
public sealed class StateDirectoryResolver(string? home, string? overriding)
{
    /// <summary>Environment variable that names the state directory.</summary>
    public const string OverrideVariable = "DONMAI_STATE_HOME";

    private const string Name = ".donmai";
    private const string LegacyName = ".rensei";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The directory of the former product, in the user's home.</summary>
    public string Legacy => Path.Combine(home ?? "", LegacyName);

    /// <summary>Whether <see cref="Resolve"/> fell back on the directory of the former product; worth one warning.</summary>
    public bool IsLegacy => overriding is null or "" && home is not (null or "")
        && !Directory.Exists(Path.Combine(home, Name)) && Directory.Exists(Path.Combine(home, LegacyName));

    /// <summary>A resolver for this process's user and environment.</summary>
    public static StateDirectoryResolver ForThisProcess() => new(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
        Environment.GetEnvironmentVariable(OverrideVariable));

    /// <summary>The state directory; it need not exist.</summary>
    public StateDirectory Resolve()
    {
        if (overriding is not (null or ""))
            return new StateDirectory(Path.TrimEndingDirectorySeparator(Path.GetFullPath(overriding)));
        if (home is null or "")
            return new StateDirectory(Path.Combine("/tmp", Name));
        return new StateDirectory(Path.Combine(home, IsLegacy ? LegacyName : Name));
    }

    /// <summary>
    /// The state directory for a daemon that starts: where only that of the former product is there, what counts is copied into a new one first.
    /// </summary>
    /// <param name="told">Told of a copy: the former directory, then the new one.</param>
    /// <exception cref="StateDirectoryException">It cannot be copied.</exception>
    public StateDirectory ResolveForDaemon(Action<string, string> told)
    {
        if (!IsLegacy)
            return Resolve();
        var state = new StateDirectory(Path.Combine(home!, Name));
        StateMigration.Run(Legacy, state);
        told(Legacy, state.Root);
        return state;
    }

    /// <summary>Makes sure that the directory exists, with mode 0700 when it is created here, and can be written.</summary>
    /// <exception cref="StateDirectoryException">It cannot be used.</exception>
    public static void EnsureUsable(StateDirectory state)
    {
        try
        {
            CreateOwnerOnly(state.Root);
            ProveWritable(state.Root);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StateDirectoryException(
                $"The state directory {state.Root} cannot be written ({failure.Message.TrimEnd('.')}); make room on its disk or allow writing there, or set {OverrideVariable} to another directory.");
        }
    }

    private static void CreateOwnerOnly(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly);
    }

    private static void ProveWritable(string path)
    {
        var probe = Path.Combine(path, $".probe-{Environment.ProcessId}");
        using var file = new FileStream(probe, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Options = FileOptions.DeleteOnClose,
        });
    }
}
