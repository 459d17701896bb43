using Donmai.Core.Daemon;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Daemon;

/// <summary>
/// Keeps <c>last-exit.json</c> (daemon-runtime.md §15.3): open while the daemon lives, so that one that is killed is seen to have ended without a
/// word; closed with its reason at the end, the last gasp of a crash included.
/// </summary>
internal sealed partial class ExitRecorder : IDisposable
{
    private readonly LastExitFile _file;
    private readonly TimeProvider _time;
    private readonly ILogger<ExitRecorder> _logger;
    private readonly LastExit _life;
    private int _ended;

    private ExitRecorder(LastExitFile file, ProgramIdentity program, TimeProvider time, ILogger<ExitRecorder> logger)
    {
        _file = file;
        _time = time;
        _logger = logger;
        _life = new LastExit { Pid = Environment.ProcessId, Version = program.Version, StartedAt = time.GetUtcNow() };
        Former = new FormerLife(file.Read());
    }

    /// <summary>The daemon before this one.</summary>
    public FormerLife Former { get; }

    /// <summary>A daemon begins to live; says in the log how the one before ended, when that was not well. Called with the instance lock held.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static ExitRecorder Begin(StateDirectory state, ProgramIdentity program, TimeProvider time, ILogger<ExitRecorder> logger)
    {
        var recorder = new ExitRecorder(new LastExitFile(state.LastExit), program, time, logger);
        if (recorder.Former.Exit is { IsClean: false } former)
            recorder.EndedBadly(former.ToString());
        recorder._file.Write(recorder._life);
        AppDomain.CurrentDomain.UnhandledException += recorder.Gasp;
        return recorder;
    }

    /// <summary>The daemon has ended; only the first word counts.</summary>
    public void Ended(int exitCode, string reason)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        try
        {
            _file.Write(_life with { EndedAt = _time.GetUtcNow(), ExitCode = exitCode, Reason = reason });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            NotRecorded(failure.Message, reason); // the end is not held up by it
        }
    }

    /// <inheritdoc/>
    public void Dispose() => AppDomain.CurrentDomain.UnhandledException -= Gasp;

    private void Gasp(object sender, UnhandledExceptionEventArgs crash) =>
        Ended(DaemonEnding.Failure, $"it crashed: {(crash.ExceptionObject is Exception failure ? $"{failure.GetType().Name}: {failure.Message}" : "an unknown error")}");
}
