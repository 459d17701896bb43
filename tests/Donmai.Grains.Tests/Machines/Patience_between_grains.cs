using System.Reflection;
using Donmai.Daemon;
using Donmai.Sessions;
using Donmai.Workareas;

namespace Donmai.Grains.Tests.Machines;

public sealed class Patience_between_grains
{
    /// <summary>A caller that gives such a call up believes that nothing was started, archived or found, while it goes on behind its back.</summary>
    [Theory]
    [InlineData(typeof(IDaemonGrain), nameof(IDaemonGrain.Start))]
    [InlineData(typeof(ISpawnerGrain), nameof(ISpawnerGrain.Accept))]
    [InlineData(typeof(ISpawnerGrain), nameof(ISpawnerGrain.Recover))]
    [InlineData(typeof(ISpawnerGrain), nameof(ISpawnerGrain.Release))]
    [InlineData(typeof(ISessionGrain), nameof(ISessionGrain.Start))]
    [InlineData(typeof(ISessionGrain), nameof(ISessionGrain.Recover))]
    [InlineData(typeof(ISessionGrain), nameof(ISessionGrain.Exited))]
    [InlineData(typeof(IWorkareaPoolGrain), nameof(IWorkareaPoolGrain.Return))]
    [InlineData(typeof(IWorkareaGrain), nameof(IWorkareaGrain.Archive))]
    public void What_waits_for_a_process_a_tree_or_a_slow_disk_is_not_given_up(Type grain, string method) =>
        grain.GetMethod(method)!.GetCustomAttribute<ResponseTimeoutAttribute>().ShouldNotBeNull().Timeout.ShouldBe(TimeSpan.FromHours(1));
}
