namespace Orleans.Serialization.Invocation;

/// <summary>The result of a method that has none.</summary>
public readonly struct Nothing
{
    public static ValueTask<Nothing> From(Task task) => task.IsCompletedSuccessfully ? default : Await(task);

    public static ValueTask<Nothing> From(ValueTask task) => task.IsCompletedSuccessfully ? default : Await(task.AsTask());

    private static async ValueTask<Nothing> Await(Task task)
    {
        await task;
        return default;
    }
}
