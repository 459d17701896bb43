namespace Donmai.Core.Workareas.Pool;

/// <summary>Work on a member that is under way.</summary>
/// <param name="number">Number of the member's directory.</param>
internal sealed class SeedJob(int number)
{
    private volatile bool _isBeingTold;

    /// <summary>Number of the member's directory.</summary>
    public int Number { get; } = number;

    /// <summary>Whether the work is over and its news under way. More work on the member may follow from them.</summary>
    public bool IsBeingTold
    {
        get => _isBeingTold;
        set => _isBeingTold = value;
    }

    /// <summary>Completes when the work is over.</summary>
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
