using Donmai.Grains.Tests.Machines;

namespace Donmai.Grains.Tests.Platform;

/// <summary>Time that passes on a machine until something happens. In small steps: what is put forward before a timer is set would be lost on it.</summary>
internal static class PassingTime
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);

    // What is ready to run runs before more time passes, unless others keep the machine busy.
    private const int MostPauses = 25;

    /// <summary>The next request of that name.</summary>
    public static Task<PlatformRequest> Next(this TestMachine machine, string name, Predicate<PlatformRequest>? isMeant = null) =>
        machine.Until(machine.Platform.Next(name, isMeant));

    /// <summary>What is waited for.</summary>
    public static async Task<T> Until<T>(this TestMachine machine, Task<T> awaited)
    {
        await machine.Until(() => Task.FromResult(awaited.IsCompleted));
        return await awaited;
    }

    /// <summary>Until it is so.</summary>
    public static Task Until(this TestMachine machine, Func<bool> isSo) => machine.Until(() => Task.FromResult(isSo()));

    /// <inheritdoc cref="Until(TestMachine, Func{bool})"/>
    public static async Task Until(this TestMachine machine, Func<Task<bool>> isSo)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        while (!await isSo())
        {
            machine.Clock.Advance(Step);
            await Settle(deadline.Token);
        }
    }

    /// <summary>A while in which nothing is to happen.</summary>
    public static async Task Pass(this TestMachine machine, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            machine.Clock.Advance(Step);
            await Settle(CancellationToken.None);
        }
    }

    private static async Task Settle(CancellationToken cancellationToken)
    {
        var pauses = 0;
        do
            await Task.Delay(Pause, cancellationToken);
        while (ThreadPool.PendingWorkItemCount > 0 && ++pauses < MostPauses);
    }
}
