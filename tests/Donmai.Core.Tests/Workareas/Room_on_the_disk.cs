using Donmai.Core.Daemon;
using Donmai.Core.Workareas;

namespace Donmai.Core.Tests.Workareas;

public sealed class Room_on_the_disk
{
    private static readonly StateDirectory State = new(Path.Combine(Path.GetTempPath(), "donmai-no-such-state"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void There_is_room_above_the_floor(int floor) => Volume(floor).Refusal().ShouldBeNull();

    [Fact]
    public void Below_the_floor_the_refusal_says_what_is_free_where_and_what_was_asked_for()
    {
        var refusal = Volume(int.MaxValue).Refusal().ShouldNotBeNull();

        refusal.ShouldMatch(@"^too little free disk: \d+ MiB are free on the volume of .*worktrees, and capacity\.minFreeDiskMb asks for 2147483647$");
    }

    private static WorktreeVolume Volume(int floor) => new(State, new ConfigurationInForce(new DaemonConfiguration
    {
        MachineId = "box",
        ArchiveRoot = State.Workareas,
        MinFreeDiskMb = floor,
    }));
}
