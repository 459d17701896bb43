using System.Diagnostics;

namespace Donmai.Worker.Tests;

/// <summary>Waits for what another process does, with a deadline.</summary>
internal static class Deadline
{
    public static async Task Until(Func<bool> condition, string what, double seconds = 30)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            watch.Elapsed.TotalSeconds.ShouldBeLessThan(seconds, $"waited for: {what}");
            await Task.Delay(20);
        }
    }

    public static bool IsAlive(int pid) => Donmai.Core.Sessions.Children.ProcessTable.Find(pid) is { IsZombie: false };
}
