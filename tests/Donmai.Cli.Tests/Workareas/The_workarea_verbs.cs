using Donmai.Cli.Workareas;
using Donmai.Client.Tests;
using Donmai.Workareas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Donmai.Cli.Tests.Workareas;

public sealed class The_workarea_verbs
{
    [Fact]
    public async Task List_shows_live_ones_first()
    {
        var list = new WorkareaList
        {
            Active = [new() { Id = "s1", Kind = "active", Status = "ready", Repository = "/src/shop" }],
            Archived =
            [
                new() { Id = "wa-0", Kind = "archived", Status = "archived", SizeBytes = 12_300 },
                new() { Id = "wa-1", Kind = "archived", Status = "archived", Disposition = "corrupted: parse manifest" },
            ],
        };
        await using var daemon = await DaemonAnswers.Get("/api/daemon/workareas", list);

        (await CommandOutcome.Of("workarea", "list", "--daemon-url", daemon.Address)).Output.ShouldBe(
            """
            WORK AREA  STATUS     AGE  SIZE     REPOSITORY
            s1         ready                    /src/shop
            wa-0       archived        12.3 kB
            wa-1       corrupted

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

    [Fact]
    public void Ages_are_short()
    {
        var now = new DateTimeOffset(2026, 5, 7, 12, 34, 56, TimeSpan.Zero);
        string AgeOf(TimeSpan age) => WorkareaListCommand.Listing(new() { Active = [new() { Id = "s1", AcquiredAt = now - age }] }, now).Rows[0][2].Text;

        new[] { TimeSpan.FromSeconds(-5), TimeSpan.FromSeconds(59), TimeSpan.FromMinutes(59), TimeSpan.FromHours(23.9), TimeSpan.FromDays(400) }
            .Select(AgeOf).ShouldBe(["0 s", "59 s", "59 min", "23 h", "400 d"]);
    }

    [Fact]
    public async Task Restore_says_where_the_new_tree_is_and_what_leads_out_of_it()
    {
        WorkareaRestore? asked = null;
        var made = new Workarea
        {
            Id = "wa-0-restore-7",
            Kind = "active",
            Status = "ready",
            SessionId = "s9",
            Path = "/state/workareas-restored/wa-0-restore-7",
            EscapingLinks = ["a", "b"],
            Manifest = new JsonText("""{"sizeBytes":12300,"disposition":"failed"}"""),
        };
        await using var daemon = await FakeDaemon.Start(routes =>
        {
            routes.MapGet("/api/daemon/workareas", () => DaemonAnswers.Answer(new WorkareaList()));
            routes.MapPost("/api/daemon/workareas/{id}/restore", (WorkareaRestore body) =>
            {
                asked = body;
                return DaemonAnswers.Answer(new WorkareaAnswer { Workarea = made }, 201);
            });
        });

        (await CommandOutcome.Of("workarea", "restore", "wa-0", "--into", "s9", "--reason", "look", "--daemon-url", daemon.Address)).Output.ShouldBe(
            "work area  wa-0-restore-7\nkind       active\nstatus     ready\nsession    s9\nended as   failed\nsize       12.3 kB\n"
            + "tree       /state/workareas-restored/wa-0-restore-7\nleads out  a, b\n");
        asked.ShouldBe(new WorkareaRestore { IntoSessionId = "s9", Reason = "look" });
    }

    [Fact]
    public async Task Rm_removes_all_that_are_named_until_one_is_refused()
    {
        var removed = new List<string>();
        await using var daemon = await FakeDaemon.Start(routes => routes.MapDelete("/api/daemon/workareas/{id}", (string id) =>
        {
            if (id == "wa-2")
                return Results.Json(new { error = "workarea not found", workareaId = id }, statusCode: 404);
            removed.Add(id);
            return Results.NoContent();
        }));

        var outcome = await CommandOutcome.Of("workarea", "rm", "wa-0", "wa-1", "wa-2", "wa-3", "--daemon-url", daemon.Address);

        outcome.Output.ShouldBe("removed wa-0\nremoved wa-1\n");
        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldContain("workarea not found: wa-2");
        removed.ShouldBe(["wa-0", "wa-1"]);
    }
}
