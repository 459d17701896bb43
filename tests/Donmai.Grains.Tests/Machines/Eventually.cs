namespace Donmai.Grains.Tests.Machines;

/// <summary>Waiting for what a test has set in motion, with a deadline.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Completes when the signal is given; fails after <see cref="Deadline"/>.</summary>
    public static Task InTime(this Task signal) => signal.WaitAsync(Deadline);

    /// <inheritdoc cref="InTime(Task)"/>
    public static Task<T> InTime<T>(this Task<T> signal) => signal.WaitAsync(Deadline);

    public static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static TaskCompletionSource<T> Signal<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
