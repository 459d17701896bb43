using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Updates;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Daemon;

/// <summary>Whether the version that starts comes to run; a new one that does not makes way for the former one (daemon-runtime.md §12.5).</summary>
internal sealed class VersionProof
{
    private readonly UpdateRecord _record;
    private readonly string _version;

    private VersionProof(UpdateRecord record, string version) => (_record, _version) = (record, version);

    /// <summary>The version starts. The state directory is locked.</summary>
    /// <exception cref="DaemonStartException">It did not run before, and the former version was put back.</exception>
    public static VersionProof Begin(DaemonHostOptions options, ProgramIdentity program, ILoggerFactory logging)
    {
        var record = new UpdateRecord(
            options.State, options.InstalledProgram ?? InstalledPrograms.Running(), options.Time, logging.CreateLogger<UpdateRecord>());
        return record.NoteStart(program.Version)
            ? throw new DaemonStartException($"Version {program.Version} did not run here, so the former version was put back: start the daemon again.")
            {
                ExitCode = DaemonEnding.Restart,
            }
            : new VersionProof(record, program.Version);
    }

    /// <summary>It runs.</summary>
    public void Succeed() => _record.NoteRunning(_version);

    /// <summary>It does not run. What was refused for a reason outside of the program, such as a taken port, says nothing about the version.</summary>
    public void Fail(Exception failure)
    {
        if (failure is DaemonStartException)
            _record.ForgetStart(_version);
    }
}
