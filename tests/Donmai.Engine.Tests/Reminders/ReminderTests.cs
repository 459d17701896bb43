using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Reminders;

public sealed class ReminderTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly EngineCluster _cluster = engine.Cluster;

    [Fact]
    public async Task Reminders_are_registered_found_changed_and_removed()
    {
        var grain = _cluster.Grain<IAlarmGrain>("set");
        (await grain.Names()).ShouldBeEmpty();
        (await grain.Name("a")).ShouldBeNull();
        await grain.Set("b", Hour, Hour);
        await grain.Set("a", Hour, Hour);
        await grain.Set("a", Hour, Hour * 2);
        (await grain.Names()).ShouldBe(["a", "b"]);
        (await _cluster.Grain<IAlarmGrain>("other").Names()).ShouldBeEmpty();
        (await grain.Clear("a")).ShouldBeTrue();
        (await grain.Clear("a")).ShouldBeFalse();
        (await grain.Names()).ShouldBe(["b"]);
    }

    [Fact]
    public async Task A_reminder_wakes_its_grain_again_and_again()
    {
        var grain = _cluster.Grain<IAlarmGrain>("wake");
        await grain.Set("alarm", TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200));
        (await _cluster.Witness.Next("wake")).ShouldBe("alarm every 00:00:00.2000000");
        await _cluster.Inner.DeactivateAsync(grain);
        (await _cluster.Witness.Next("wake")).ShouldBe("alarm every 00:00:00.2000000");
        await grain.Clear("alarm");
    }

    [Fact]
    public async Task A_period_below_the_minimum_is_refused() =>
        await Should.ThrowAsync<ArgumentException>(() => _cluster.Grain<IAlarmGrain>("fast").Set("fast", Hour, TimeSpan.FromMilliseconds(1)));
}
