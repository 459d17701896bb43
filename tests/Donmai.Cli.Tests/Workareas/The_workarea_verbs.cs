using Donmai.Client.Tests;
using Donmai.Workareas;

namespace Donmai.Cli.Tests.Workareas;

public sealed class The_workarea_verbs
{
    [Fact]
    public async Task List_shows_live_ones_first()
    {
        var list = new WorkareaList
        {
            Active = [new() { Id = "s1", Kind = "active", Status = "acquired", Repository = "/src/shop" }],
            Archived = [new() { Id = "wa-0", Kind = "archived", Status = "archived", SizeBytes = 12_300 }],
        };
        await using var daemon = await DaemonAnswers.Get("/api/daemon/workareas", list);

        (await CommandOutcome.Of("workarea", "list", "--daemon-url", daemon.Address)).Output.ShouldBe(
            """
            WORK AREA  KIND      STATUS    SIZE     REPOSITORY
            s1         active    acquired           /src/shop
            wa-0       archived  archived  12.3 kB

            """);
        (await CommandOutcome.Of("workarea", "list", "--json", "--daemon-url", daemon.Address)).Output.ShouldBe(FakeDaemon.Json(list) + "\n");
    }

    [Fact]
    public async Task Show_says_where_the_tree_is()
    {
        var answer = new WorkareaAnswer { Workarea = new() { Id = "wa-0", Kind = "archived", Status = "archived", Path = "/state/workareas/wa-0/tree" } };
        await using var daemon = await DaemonAnswers.Get("/api/daemon/workareas/{id}", answer);

        (await CommandOutcome.Of("workarea", "show", "wa-0", "--daemon-url", daemon.Address)).Output.ShouldBe(
            "work area  wa-0\nkind       archived\nstatus     archived\ntree       /state/workareas/wa-0/tree\n");
    }
}
