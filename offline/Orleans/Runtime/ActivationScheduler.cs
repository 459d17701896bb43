namespace Orleans.Runtime;

/// <summary>Runs the turns of one activation, one after the other, on the threads of the pool.</summary>
internal sealed class ActivationScheduler(Activation activation) : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>After so many turns other activations get the thread.</summary>
    private const int TurnsInARow = 64;

    private static readonly Action<object?> RunCall = static state => ((GrainCall)state!).Run(((GrainCall)state).Activation!);

    public override int MaximumConcurrencyLevel => 1;

    public void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    public void Execute()
    {
        RuntimeContext.Current = activation;
        var clean = ExecutionContext.Capture();
        try
        {
            for (var turn = 0; turn < TurnsInARow; turn++)
            {
                if (!activation.Turns.TryNext(out var task, out var call))
                {
                    return;
                }

                if (task is not null)
                {
                    TryExecuteTask(task);
                }
                else
                {
                    new Task(RunCall, call).RunSynchronously(this);
                }

                // Values that a turn leaves in the execution context are not the next one's.
                if (clean is not null)
                {
                    ExecutionContext.Restore(clean);
                }
            }
        }
        finally
        {
            RuntimeContext.Current = null;
        }

        Schedule();
    }

    protected override void QueueTask(Task task)
    {
        if (activation.Turns.Add(task))
        {
            Schedule();
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(RuntimeContext.Current, activation) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
