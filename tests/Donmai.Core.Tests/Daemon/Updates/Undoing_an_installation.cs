using Donmai.Core.Daemon.Updates;

namespace Donmai.Core.Tests.Daemon.Updates;

public sealed class Undoing_an_installation
{
    [Fact]
    public async Task A_version_that_does_not_reach_running_twice_within_five_minutes_is_undone_and_never_offered_again()
    {
        await using var bed = await Installed();
        bed.Record.NoteStart(UpdateBed.Next).ShouldBeFalse();
        bed.Clock.Advance(TimeSpan.FromMinutes(2));
        bed.Record.NoteStart(UpdateBed.Next).ShouldBeFalse();
        bed.Clock.Advance(TimeSpan.FromMinutes(2));
        File.ReadAllText(bed.ProgramPath).ShouldBe(UpdateBed.Program(UpdateBed.Next));

        bed.Record.NoteStart(UpdateBed.Next).ShouldBeTrue();

        File.ReadAllText(bed.ProgramPath).ShouldBe(UpdateBed.Program(UpdateBed.Current));
        bed.Record.NoteStart(UpdateBed.Current).ShouldBeFalse();
        bed.Version = UpdateBed.Current;
        (await bed.Update()).Reason.ShouldBe("already-up-to-date");
        bed.Configure(static update => update with { Pin = UpdateBed.Next });
        (await bed.Update()).Reason.ShouldBe("already-up-to-date");
        bed.Configure(static update => update with { Pin = null });
        bed.Offer("1.1.1", System.Text.Encoding.UTF8.GetBytes(UpdateBed.Program("1.1.1")));
        (await bed.Update()).Reason.ShouldBe("update-applied");
    }

    [Fact]
    public async Task An_undoing_that_was_interrupted_is_done_by_the_next_start()
    {
        await using var bed = await Installed();
        bed.Record.NoteStart(UpdateBed.Next);
        bed.Record.NoteStart(UpdateBed.Next);
        var pending = await File.ReadAllTextAsync(bed.State.UpdateRecord);
        bed.Record.NoteStart(UpdateBed.Next).ShouldBeTrue();
        File.Copy(bed.ProgramPath, bed.ProgramPath + ".prev"); // as it was when the record was written and nothing was renamed yet
        File.WriteAllText(bed.ProgramPath, UpdateBed.Program(UpdateBed.Next));
        (await File.ReadAllTextAsync(bed.State.UpdateRecord)).ShouldNotBe(pending);

        bed.Record.NoteStart(UpdateBed.Next).ShouldBeTrue();

        File.ReadAllText(bed.ProgramPath).ShouldBe(UpdateBed.Program(UpdateBed.Current));
    }

    [Fact]
    public async Task A_version_that_ran_once_stays_however_often_it_is_started()
    {
        await using var bed = await Installed();
        bed.Record.NoteStart(UpdateBed.Next).ShouldBeFalse();
        bed.Record.NoteRunning(UpdateBed.Next);

        for (var start = 0; start < 5; start++)
            bed.Record.NoteStart(UpdateBed.Next).ShouldBeFalse();

        File.ReadAllText(bed.ProgramPath).ShouldBe(UpdateBed.Program(UpdateBed.Next));
        bed.Record.IsBad(UpdateBed.Next).ShouldBeFalse();
    }

    [Fact]
    public async Task Starts_that_fail_now_and_then_do_not_add_up()
    {
        await using var bed = await Installed();
        for (var start = 0; start < 6; start++)
        {
            bed.Record.NoteStart(UpdateBed.Next).ShouldBeFalse();
            bed.Clock.Advance(TimeSpan.FromMinutes(3));
        }

        File.ReadAllText(bed.ProgramPath).ShouldBe(UpdateBed.Program(UpdateBed.Next));
    }

    [Fact]
    public async Task A_version_that_somebody_else_installed_proves_nothing_and_undoes_nothing()
    {
        await using var bed = await Installed();
        bed.Record.NoteStart(UpdateBed.Next).ShouldBeFalse();
        bed.Record.NoteStart("2.0.0").ShouldBeFalse();
        bed.Record.NoteRunning("2.0.0");

        for (var start = 0; start < 5; start++)
            bed.Record.NoteStart(UpdateBed.Next).ShouldBeFalse();
        bed.Record.IsBad(UpdateBed.Next).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_copy_of_the_program_on_the_same_state_is_left_alone()
    {
        await using var bed = await Installed();
        var other = Path.Join(bed.Root, "other");
        File.WriteAllText(other, "other");
        bed.Installed = new ProgramFile(other);

        for (var start = 0; start < 5; start++)
            bed.Record.NoteStart(UpdateBed.Next).ShouldBeFalse();

        File.ReadAllText(other).ShouldBe("other");
    }

    [Fact]
    public async Task The_former_version_that_is_gone_cannot_be_put_back_and_the_new_one_goes_on()
    {
        await using var bed = await Installed();
        File.Delete(bed.ProgramPath + ".prev");
        bed.Record.NoteStart(UpdateBed.Next);
        bed.Record.NoteStart(UpdateBed.Next);

        bed.Record.NoteStart(UpdateBed.Next).ShouldBeFalse();

        File.ReadAllText(bed.ProgramPath).ShouldBe(UpdateBed.Program(UpdateBed.Next));
        bed.Log.Lines.ShouldContain(static line => line.Text.StartsWith("Version 1.0.0 cannot be put back"));
        bed.Record.NoteStart(UpdateBed.Next).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"bad":null,"pending":{"version":null,"starts":null}}""")]
    public async Task A_record_that_cannot_be_read_stops_nothing(string text)
    {
        await using var bed = new UpdateBed();
        File.WriteAllText(bed.State.UpdateRecord, text);

        bed.Record.IsBad(UpdateBed.Next).ShouldBeFalse();
        bed.Record.NoteRunning(UpdateBed.Current);
        bed.Record.NoteStart(UpdateBed.Current).ShouldBeFalse();

        (await bed.Update()).Updated.ShouldBeTrue();
    }

    [Fact]
    public async Task What_cannot_be_noted_is_not_installed()
    {
        await using var bed = new UpdateBed();
        Directory.CreateDirectory(bed.State.UpdateRecord);

        bed.Record.NoteStart(UpdateBed.Current).ShouldBeFalse();
        (await bed.Update()).Reason.ShouldStartWith("swap-failed: ");

        File.ReadAllText(bed.ProgramPath).ShouldBe(UpdateBed.Program(UpdateBed.Current));
        bed.Log.Lines.ShouldContain(static line => line.Text.Contains("cannot be written"));
    }

    [Fact]
    public async Task The_record_is_its_owner_s_only()
    {
        await using var bed = await Installed();

        File.GetUnixFileMode(bed.State.UpdateRecord).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static async Task<UpdateBed> Installed()
    {
        var bed = new UpdateBed();
        bed.Record.NoteStart(UpdateBed.Current).ShouldBeFalse();
        (await bed.Update()).Reason.ShouldBe("update-applied");
        return bed;
    }
}
