namespace Donmai.Core.Workareas.Pool;

/// <summary>
/// Does what git and the disk have to do for the pool, in the background: work on members of one repository one after the other, that of different
/// repositories at the same time (workareas.md §8.3). What became of it is told to <see cref="ISeedNews"/>.
/// </summary>
public interface ISeedWorkshop
{
    /// <summary>Begins work and returns at once. Nothing is begun for a member that is at work, unless the news of it are being told.</summary>
    void Begin(SeedTask task);

    /// <summary>Whether something is being done, or waits to be done or told, for a member.</summary>
    bool IsAtWork(string memberId);

    /// <summary>Whether a session has found a member damaged.</summary>
    /// <param name="number">Number of its directory.</param>
    Task<bool> IsDamaged(int number);

    /// <summary>Removes what earlier daemons left half-made, and whatever else belongs to no member.</summary>
    /// <param name="known">Numbers of the members there are.</param>
    Task Sweep(IReadOnlySet<int> known);
}
