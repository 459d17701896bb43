using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon.Updates;

/// <summary>
/// Remembers which versions were installed and whether they run, and puts the former version back when a new one does not
/// (daemon-runtime.md §12.5). The holder of the state directory's lock uses it.
/// </summary>
/// <param name="state">Where it is kept.</param>
/// <param name="program">The installed program.</param>
/// <param name="clock">Time.</param>
/// <param name="logger">Told what could not be kept, and what was put back.</param>
public sealed partial class UpdateRecord(StateDirectory state, IInstalledProgram program, TimeProvider clock, ILogger<UpdateRecord> logger)
{
    /// <summary>Starts that may fail before the former version is put back.</summary>
    public const int MostFailedStarts = 2;

    /// <summary>Failed starts count while they are no older than this.</summary>
    public static readonly TimeSpan ProvingTime = TimeSpan.FromMinutes(5);

    private const int MostBadVersions = 100;

    private readonly Lock _gate = new();

    /// <summary>The version that starts. To be called once the state directory is locked, before anything else can fail.</summary>
    /// <param name="version">It.</param>
    /// <returns>Whether the former version was put back: the program has to exit with 3 then, so that it is started.</returns>
    public bool NoteStart(string version)
    {
        lock (_gate)
        {
            var record = Read();
            if (record.Pending is not { } pending || !VersionOrder.IsSame(pending.Version, version) || pending.Location != program.Location)
            {
                if (record.Running != version || record.Pending is not null)
                    TryWrite(record with { Running = version, Pending = null });
                return false;
            }

            var now = clock.GetUtcNow();
            var starts = pending.Starts.FindAll(start => now - start < ProvingTime);
            if (starts.Count >= MostFailedStarts)
                return GiveUp(record, pending);
            TryWrite(record with { Running = version, Pending = pending with { Starts = [.. starts, now] } });
            return false;
        }
    }

    /// <summary>The version has reached <c>running</c>.</summary>
    /// <param name="version">It.</param>
    public void NoteRunning(string version)
    {
        lock (_gate)
        {
            var record = Read();
            if (record.Pending is not { } pending || !VersionOrder.IsSame(pending.Version, version))
                return;
            TryWrite(record with { Pending = null });
            Proven(version, pending.Previous);
        }
    }

    /// <summary>The last start was not the version's to fail: it does not count.</summary>
    /// <param name="version">The version.</param>
    public void ForgetStart(string version)
    {
        lock (_gate)
        {
            var record = Read();
            if (record.Pending is { Starts.Count: > 0 } pending && VersionOrder.IsSame(pending.Version, version))
                TryWrite(record with { Pending = pending with { Starts = pending.Starts[..^1] } });
        }
    }

    /// <summary>Whether a version did not run here and is left out from now on.</summary>
    public bool IsBad(string version)
    {
        lock (_gate)
            return Read().Bad.Exists(bad => VersionOrder.IsSame(bad, version));
    }

    /// <summary>A version is about to take the place of another.</summary>
    /// <param name="version">The new one, as it calls itself.</param>
    /// <param name="previous">The present one.</param>
    /// <exception cref="IOException">It could not be noted.</exception>
    /// <exception cref="UnauthorizedAccessException">It could not be noted.</exception>
    internal void NoteInstalling(string version, string previous)
    {
        lock (_gate)
        {
            Write(Read() with
            {
                Pending = new PendingInstallation { Version = version, Previous = previous, Location = program.Location, InstalledAt = clock.GetUtcNow() },
            });
        }
    }

    private bool GiveUp(InstallationRecord record, PendingInstallation pending)
    {
        GivenUp(pending.Version, pending.Starts.Count, pending.Previous);
        var bad = record.Bad.Append(pending.Version).Distinct(StringComparer.Ordinal).TakeLast(MostBadVersions);
        record = record with { Bad = [.. bad] };
        TryWrite(record); // first: the former version must not meet it again; killed here, the next start comes here again
        try
        {
            program.Restore();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            NotRestored(pending.Previous, failure.Message);
            TryWrite(record with { Pending = null });
            return false;
        }
    }

    private InstallationRecord Read()
    {
        try
        {
            using var file = File.OpenRead(state.UpdateRecord);
            return JsonSerializer.Deserialize(file, ReleaseJson.Default.InstallationRecord) ?? new InstallationRecord();
        }
        catch (FileNotFoundException)
        {
            return new InstallationRecord();
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or JsonException)
        {
            Unreadable(state.UpdateRecord, broken.Message);
            return new InstallationRecord();
        }
    }

    private void TryWrite(InstallationRecord record)
    {
        try
        {
            Write(record);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            NotWritten(state.UpdateRecord, refused.Message);
        }
    }

    private void Write(InstallationRecord record)
    {
        var fresh = state.UpdateRecord + ".tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(fresh, options))
        {
            JsonSerializer.Serialize(file, record, ReleaseJson.Default.InstallationRecord);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, state.UpdateRecord, overwrite: true);
    }
}
