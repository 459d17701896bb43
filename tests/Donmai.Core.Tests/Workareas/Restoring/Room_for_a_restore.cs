using Donmai.Core.Workareas.Restoring;
using Donmai.Workareas;

namespace Donmai.Core.Tests.Workareas.Restoring;

public sealed class Room_for_a_restore : IDisposable
{
    private const long Gibibyte = 1024L * 1024 * 1024;

    private readonly RestoreBed _bed = new();

    [Theory, Trait("spec", "WA-11")]
    [InlineData(7, true)]
    [InlineData(8, false)]
    [InlineData(9, false)]
    public void Live_sessions_and_restored_work_areas_share_the_places(int taken, bool fits)
    {
        _bed.Current = _bed.Current with { MaxConcurrentSessions = 8 };

        Fits(Demand(taken)).ShouldBe(fits);
    }

    [Theory]
    [InlineData(0, 100, true)]
    [InlineData(10, 8, true)]
    [InlineData(10, 9, false)]
    public void Nine_tenths_of_the_disk_limit_are_the_limit(int limit, int used, bool fits)
    {
        _bed.Current = _bed.Current with { PoolMaxDiskGb = limit };

        Fits(Demand() with { UsedBytes = used * Gibibyte }).ShouldBe(fits);
    }

    [Fact]
    public void Archives_that_fill_their_own_limit_keep_no_restore_out()
    {
        _bed.Archive(manifest: $$"""{"sizeBytes":{{10 * Gibibyte}}}""");
        _bed.Current = _bed.Current with { PoolMaxDiskGb = 10 };

        Fits(Demand()).ShouldBeTrue();
    }

    [Fact]
    public void Sizes_that_no_disk_has_are_a_refusal_and_no_defect()
    {
        _bed.Current = _bed.Current with { PoolMaxDiskGb = 10 };

        Fits(Demand() with { UsedBytes = 3m * long.MaxValue }).ShouldBeFalse();
    }

    [Fact]
    public void Twice_the_archive_must_be_free()
    {
        var free = new DriveInfo(_bed.Root).AvailableFreeSpace;

        Fits(Demand() with { SizeBytes = free / 4 }).ShouldBeTrue();
        Fits(Demand() with { SizeBytes = free / 4 * 3 }).ShouldBeFalse();
        Fits(Demand() with { SizeBytes = long.MaxValue }).ShouldBeFalse();
    }

    [Fact, Trait("spec", "WA-11")]
    public void A_refusal_says_what_to_do_and_when_to_try_again()
    {
        var refusal = Should.Throw<RestoreSaturatedException>(() => Guard.Check(Demand(taken: 100)));

        refusal.Message.ShouldStartWith("restore: service unavailable (pool saturated)");
        refusal.Message.ShouldContain("capacity.maxConcurrentSessions");
        refusal.RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task What_is_being_made_and_what_was_made_counts()
    {
        _bed.FullArchive();
        _bed.Live.Add("ses_live");
        await _bed.Restore();

        await _bed.Restore();

        var demand = _bed.Demand.ShouldNotBeNull();
        (demand.PlacesTaken, demand.UsedBytes, demand.SizeBytes).ShouldBe((2, 12, 12));
    }

    [Fact]
    public async Task Of_many_at_once_no_more_are_made_than_there_are_places()
    {
        _bed.FullArchive();
        _bed.Current = _bed.Current with { MaxConcurrentSessions = 3 };
        using var daemon = _bed.AnotherDaemon(Guard);

        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            try
            {
                await daemon.Restore("wa-1", new WorkareaRestore(), _bed.Occupancy);
                return true;
            }
            catch (RestoreSaturatedException)
            {
                return false;
            }
        }));

        made.Count(static one => one).ShouldBe(3);
    }

    public void Dispose() => _bed.Dispose();

    private RestoreGuard Guard => new(_bed);

    private RestoreDemand Demand(int taken = 0) => new() { PlacesTaken = taken, SizeBytes = 0, UsedBytes = 0, Place = _bed.RestoredRoot };

    private bool Fits(RestoreDemand demand)
    {
        try
        {
            Guard.Check(demand);
            return true;
        }
        catch (RestoreSaturatedException)
        {
            return false;
        }
    }
}
