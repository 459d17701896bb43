using System.Globalization;
using Donmai.Core.Workareas.Pool;

namespace Donmai.Core.Daemon.Doctor;

/// <summary>Whether work trees and archives can be made.</summary>
internal sealed class WorkareasCheck(IDaemonConfiguration configuration, StateDirectory state) : IDoctorCheck
{
    private const double BytesPerMebibyte = 1024 * 1024;

    public string Name => "workareas";

    public Task<CheckOutcome> Look(CancellationToken cancellationToken)
    {
        var archives = configuration.Current.ArchiveRoot;
        var problem = WritableDirectory.Problem(state.Worktrees) ?? WritableDirectory.Problem(archives);
        return Task.FromResult(problem is null
            ? CheckOutcome.Well($"work trees in {state.Worktrees}, archives in {archives}{Pool()}")
            : CheckOutcome.Bad($"{problem}; give it to the daemon's user, or change workarea.archiveRoot in daemon.yaml"));
    }

    private string Pool() => SeedSize.Of(state.Pool) is > 0 and var size
        ? string.Create(CultureInfo.InvariantCulture, $"; the pool takes {size / BytesPerMebibyte:0.#} MiB in {state.Pool}")
        : "";
}
