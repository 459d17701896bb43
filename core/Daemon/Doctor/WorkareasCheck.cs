using System.Globalization;
using Donmai.Core.Workareas;
using Donmai.Core.Workareas.Pool;

namespace Donmai.Core.Daemon.Doctor;

/// <summary>Whether work trees and archives can be made; and, before a daemon starts, how many archives it will remove as too many or too old.</summary>
internal sealed class WorkareasCheck(IDaemonConfiguration configuration, StateDirectory state, TimeProvider clock) : IDoctorCheck
{
    private const double BytesPerMebibyte = 1024 * 1024;

    public string Name => "workareas";

    public Task<CheckOutcome> Look(CancellationToken cancellationToken)
    {
        var archives = configuration.Current.ArchiveRoot;
        var problem = WritableDirectory.Problem(state.Worktrees) ?? WritableDirectory.Problem(archives);
        return Task.FromResult(problem is null
            ? CheckOutcome.Well($"work trees in {state.Worktrees}, archives in {archives}{Beyond()}{Pool()}")
            : CheckOutcome.Bad($"{problem}; give it to the daemon's user, or change workarea.archiveRoot in daemon.yaml"));
    }

    private string Beyond()
    {
        var current = configuration.Current;
        using var list = new ArchiveList();
        var archives = list.Rows(current.ArchiveRoot);
        return ArchiveRetention.Beyond(current, archives, clock.GetUtcNow()) is > 0 and var beyond
            ? string.Create(CultureInfo.InvariantCulture, $"; the oldest {beyond} of {archives.Count} are beyond workarea.maxArchives or maxArchiveAgeDays and go when the daemon next looks: raise these (0 is no limit) to keep them")
            : "";
    }

    private string Pool() => SeedSize.Of(state.Pool) is > 0 and var size
        ? string.Create(CultureInfo.InvariantCulture, $"; the pool takes {size / BytesPerMebibyte:0.#} MiB in {state.Pool}")
        : "";
}
