using System.Globalization;
using Donmai.Core.Workareas;

namespace Donmai.Core.Daemon.Doctor;

/// <summary>Whether there is room for work trees, and the state directory can be written.</summary>
internal sealed class DiskCheck(StateDirectory state, WorktreeVolume volume) : IDoctorCheck
{
    private const double MebibytesPerGibibyte = 1024;

    public string Name => "disk";

    public Task<CheckOutcome> Look(CancellationToken cancellationToken) => Task.FromResult(Look());

    private CheckOutcome Look()
    {
        if (volume.Refusal() is { } refusal)
            return CheckOutcome.Bad($"{refusal}; make room, e.g. by removing archives in {state.Workareas}");
        if (WritableDirectory.Problem(state.Root) is { } problem)
            return CheckOutcome.Bad(problem);
        return CheckOutcome.Well(string.Create(
            CultureInfo.InvariantCulture, $"{volume.FreeMebibytes() / MebibytesPerGibibyte:0.#} GiB are free on the volume of {state.Worktrees}"));
    }
}
