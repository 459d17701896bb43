using System.Globalization;
using System.Runtime.CompilerServices;
using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Logs;
using Donmai.Core.Daemon.Service;

namespace Donmai.Cli.Daemon;

/// <summary>Where the log is that is asked for (daemon-runtime.md §14.5), and how it is read.</summary>
/// <param name="File">The file; in place of a journal in which there is nothing, or nothing for us, where <paramref name="Journal"/> is given.</param>
/// <param name="Journal">Whose journal; <see langword="null"/> for none.</param>
internal sealed record LogSource(string File, ServiceScope? Journal = null)
{
    private const string JournalProgram = "journalctl";
    private const string Unit = "donmai-daemon.service";

    /// <summary>The file that is configured, else where the service's output goes, else the file in the state directory.</summary>
    public static async Task<LogSource> Find(string? stateDirectory, ServicePrograms programs, CancellationToken cancellationToken)
    {
        var state = DaemonSetup.StateOf(stateDirectory);
        if (Configured(state) is { } configured)
            return new LogSource(configured);
        if (await ServiceVerbs.Installed(cancellationToken) is not { } installed)
            return new LogSource(state.Log);
        return installed.Service.OutputFile is null && programs.Find(JournalProgram) is not null
            ? new LogSource(state.Log, installed.State.Scope)
            : new LogSource(installed.Service.OutputFile ?? state.Log);
    }

    /// <summary>Its lines.</summary>
    /// <param name="last">Only so many at the end; <see langword="null"/> for all.</param>
    /// <param name="since">Only later ones, and what follows on them.</param>
    /// <param name="follow">Whether to wait for more.</param>
    /// <param name="programs">Runs <c>journalctl</c>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<LogLine> Lines(
        int? last, DateTimeOffset? since, bool follow, ServicePrograms programs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Journal is { } scope)
        {
            var isEmpty = true;
            await foreach (var entry in programs.Lines(JournalProgram, JournalArguments(scope, last, since, follow), cancellationToken))
            {
                isEmpty = false;
                yield return JournalLine.Of(entry);
            }

            if (!isEmpty || !System.IO.File.Exists(File))
                yield break;
        }

        await foreach (var line in OfFile(File, last, since, follow, cancellationToken))
            yield return line;
    }

    // A configuration that cannot be used is what the log may be wanted for.
    private static string? Configured(StateDirectory state)
    {
        try
        {
            return DaemonSetup.ConfigurationOf(state, path: null).Observability.LogPath;
        }
        catch (DaemonConfigurationException)
        {
            return null;
        }
    }

    private static List<string> JournalArguments(ServiceScope scope, int? last, DateTimeOffset? since, bool follow)
    {
        List<string> arguments = ["-u", Unit, "--no-pager", "--quiet", "--output=json", $"--lines={last?.ToString(CultureInfo.InvariantCulture) ?? "all"}"];
        if (scope is ServiceScope.User)
            arguments.Insert(0, "--user");
        if (since is { } moment)
            arguments.Add(string.Create(CultureInfo.InvariantCulture, $"--since=@{moment.ToUnixTimeSeconds()}"));
        if (follow)
            arguments.Add("--follow");
        return arguments;
    }

    private static async IAsyncEnumerable<LogLine> OfFile(
        string path, int? last, DateTimeOffset? since, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!follow && !System.IO.File.Exists(path))
            throw new CommandFailureException($"There is no log at {path}: no daemon has written one there yet.");

        var isLateEnough = since is null;
        await foreach (var text in Readable(path, new LogFile(path, TimeProvider.System).Lines(last, follow, cancellationToken)))
        {
            var line = LogLine.Of(text);
            isLateEnough = isLateEnough || line.Time >= since;
            if (isLateEnough)
                yield return line;
        }
    }

    private static async IAsyncEnumerable<string> Readable(string path, IAsyncEnumerable<string> lines)
    {
        await using var line = lines.GetAsyncEnumerator();
        while (true)
        {
            try
            {
                if (!await line.MoveNextAsync())
                    yield break;
            }
            catch (Exception refusal) when (refusal is UnauthorizedAccessException or IOException)
            {
                throw new CommandFailureException($"The log {path} cannot be read: {refusal.Message}");
            }

            yield return line.Current;
        }
    }
}
