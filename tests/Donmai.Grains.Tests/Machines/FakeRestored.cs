using Donmai.Core.Workareas.Restoring;
using Donmai.Workareas;

namespace Donmai.Grains.Tests.Machines;

/// <summary>Restored work areas that are only remembered.</summary>
internal sealed class FakeRestored : IRestoredWorkareas
{
    public Dictionary<string, Workarea> Made { get; } = new(StringComparer.Ordinal);

    /// <summary>What the machine said of itself at the last restore or removal.</summary>
    public MachineOccupancy? Occupancy { get; private set; }

    /// <summary>Awaited in the middle of a restore.</summary>
    public Func<Task> Making { get; set; } = static () => Task.CompletedTask;

    public async Task<Workarea> Restore(
        string archiveId, WorkareaRestore request, Func<Task<MachineOccupancy>> occupancy, CancellationToken cancellationToken = default)
    {
        Occupancy = await occupancy();
        await Making();
        var made = new Workarea { Id = $"{archiveId}-restore-{Made.Count + 1}", Kind = "active", Status = "ready", SessionId = request.IntoSessionId };
        Made.Add(made.Id, made);
        return made;
    }

    public Task<List<Workarea>> List(CancellationToken cancellationToken = default) => Task.FromResult<List<Workarea>>([.. Made.Values]);

    public Task<Workarea?> Find(string workareaId, CancellationToken cancellationToken = default) => Task.FromResult(Made.GetValueOrDefault(workareaId));

    public async Task<bool> Remove(string workareaId, Func<Task<MachineOccupancy>> occupancy, CancellationToken cancellationToken = default)
    {
        Occupancy = await occupancy();
        return Made.Remove(workareaId);
    }
}
