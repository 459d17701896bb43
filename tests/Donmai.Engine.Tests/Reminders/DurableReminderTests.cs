using Donmai.Engine.Tests.Cluster;
using Donmai.Engine.Tests.States;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Donmai.Engine.Tests.Reminders;

public sealed class DurableReminderTests
{
    private const string Reason = "Microsoft Orleans keeps its in-memory reminders in memory.";

    [StandInFact(Reason)]
    public async Task Reminders_outlive_a_restart_in_the_default_storage_and_missed_ticks_are_not_made_up_for()
    {
        var storage = new RecordingStorage();
        var clock = new ManualClock();
        await using (var before = await Start(storage, clock))
        {
            await before.Grain<IAlarmGrain>("sleeper").Set("hourly", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
            await before.Grain<IAlarmGrain>("sleeper").Set("dropped", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
            await before.Grain<IAlarmGrain>("sleeper").Clear("dropped");
        }

        clock.Advance(TimeSpan.FromHours(5.5));
        await using var after = await Start(storage, clock);
        clock.Advance(TimeSpan.FromMinutes(29));
        after.Witness.HasNothing("sleeper").ShouldBeTrue();
        clock.Advance(TimeSpan.FromMinutes(1));
        (await after.Witness.Next("sleeper")).ShouldBe("hourly every 01:00:00");
        (await after.Grain<IAlarmGrain>("sleeper").Names()).ShouldBe(["hourly"]);
    }

    private static Task<EngineCluster> Start(RecordingStorage storage, ManualClock clock) => EngineCluster.StartAt(
        clock, silo => silo.Services.AddKeyedSingleton<IGrainStorage>("Default", storage));
}
