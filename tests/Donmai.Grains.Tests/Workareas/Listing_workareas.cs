using Donmai.Grains.Tests.Machines;
using Donmai.Workareas;

namespace Donmai.Grains.Tests.Workareas;

public sealed class Listing_workareas
{
    [Fact, Trait("spec", "CA-14")]
    public async Task An_accepted_session_has_an_active_work_area_at_once()
    {
        await using var machine = await TestMachine.Running();
        await machine.Spawner.Accept(TestMachine.Spec("b") with { Ref = "main" });
        await machine.Accept("a");
        machine.Clock.Advance(TimeSpan.FromSeconds(285));

        var list = await machine.Pool.List();

        list.Active.Select(static workarea => workarea.Id).ShouldBe(["a", "b"]);
        var workarea = list.Active[1];
        (workarea.Kind, workarea.Status, workarea.ProviderId, workarea.SessionId).ShouldBe(("active", "ready", "local", "b"));
        (workarea.ProjectId, workarea.Repository, workarea.Ref).ShouldBe(("billing", "billing", "main"));
        workarea.AgeSeconds.ShouldBeInRange(285, 300);
        workarea.AcquiredAt.ShouldBe((await machine.Spawner.Live())[1].AcceptedAt);
        list.Archived.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_ended_session_has_an_archive_instead()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Exit("a");

        var list = await machine.Pool.List();

        list.Active.ShouldBeEmpty();
        var archive = list.Archived.ShouldHaveSingleItem().Id;
        (await Workarea(machine, archive).Inspect()).Kind.ShouldBe("archived");
    }

    [Fact]
    public async Task A_live_session_is_inspected_before_archives()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");

        var workarea = await Workarea(machine, "a").Inspect();

        (workarea.Kind, workarea.Path).ShouldBe(("active", Path.Combine(machine.State.Worktrees, "a")));
        await Should.ThrowAsync<WorkareaNotFoundException>(Workarea(machine, "nothing").Inspect());
    }

    [Fact, Trait("spec", "WA-14")]
    public async Task Restored_ones_are_among_the_active_by_id()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Accept("z");
        var made = await Workarea(machine, "wa-1").Restore(new WorkareaRestore { IntoSessionId = "s9" });

        (await machine.Pool.List()).Active.Select(static workarea => workarea.Id).ShouldBe(["a", made.Id, "z"]);
        (await Workarea(machine, made.Id).Inspect()).SessionId.ShouldBe("s9");
        machine.Restored.Occupancy.ShouldNotBeNull().LiveSessions.ShouldBe(["a", "z"], ignoreOrder: true);

        await Workarea(machine, made.Id).Remove();
        (await machine.Pool.List()).Active.Count.ShouldBe(2);
        await Should.ThrowAsync<WorkareaNotFoundException>(Workarea(machine, made.Id).Remove());
    }

    [Fact, Trait("spec", "WA-13")]
    public async Task A_restore_holds_up_nothing_else_of_its_archive()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Exit("a");
        var archive = (await machine.Pool.List()).Archived.ShouldHaveSingleItem().Id;
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        machine.Restored.Making = () =>
        {
            begun.TrySetResult();
            return end.Task;
        };
        var restore = Workarea(machine, archive).Restore(new WorkareaRestore());
        await begun.Task;

        (await Workarea(machine, archive).Inspect()).Id.ShouldBe(archive);
        (await Workarea(machine, archive).Inspect()).Id.ShouldBe(archive);
        restore.IsCompleted.ShouldBeFalse();

        end.SetResult();
        (await restore).Id.ShouldStartWith(archive + "-restore-");
    }

    [Fact]
    public async Task The_tree_of_a_live_session_is_not_removed_and_an_archive_is()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await Should.ThrowAsync<WorkareaNotFoundException>(Workarea(machine, "a").Remove());
        await machine.Exit("a");

        await Workarea(machine, (await machine.Pool.List()).Archived.ShouldHaveSingleItem().Id).Remove();

        (await machine.Pool.List()).Archived.ShouldBeEmpty();
    }

    private static IWorkareaGrain Workarea(TestMachine machine, string id) => machine.Grains.GetGrain<IWorkareaGrain>($"{TestMachine.Name}/{id}");
}
