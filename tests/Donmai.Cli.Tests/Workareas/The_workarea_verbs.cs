using Donmai.Cli.Rendering;
using Donmai.Cli.Workareas;
using Donmai.Client.Tests;
using Donmai.Workareas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Donmai.Cli.Tests.Workareas;

public sealed class The_workarea_verbs
{
    [Fact]
    public async Task List_shows_live_ones_first_then_the_newest_and_says_what_is_wrong_with_damaged_ones()
    {
        var list = new WorkareaList
        {
            Active = [new() { Id = "s1", Kind = "active", Status = "ready", Repository = "/src/shop" }],
            Archived =
            [
                new() { Id = "wa-0", Kind = "archived", Status = "archived", SizeBytes = 12_300 },
                new() { Id = "wa-1", Kind = "archived", Status = "archived", Disposition = "corrupted: parse manifest" },
                new() { Id = "wa-2", Kind = "archived", Status = "archived", Disposition = "failed", CreatedAt = DateTimeOffset.UnixEpoch },
                new() { Id = "wa-3", Kind = "archived", Status = "archived", Disposition = "completed", CreatedAt = DateTimeOffset.UnixEpoch.AddDays(1) },
            ],
        };
        await using var daemon = await DaemonAnswers.Get("/api/daemon/workareas", list);

        using var shown = new StringWriter();
        WorkareaListCommand.Write(new PlainScreen(shown), list, DateTimeOffset.UnixEpoch.AddDays(4));
        shown.ToString().ShouldBe(
            """
            WORK AREA  STATUS     AGE  SIZE     REPOSITORY
            s1         ready                    /src/shop
            wa-3       completed  3 d
            wa-2       failed     4 d
            wa-0       archived        12.3 kB
            wa-1       corrupted
            wa-1: corrupted: parse manifest

            """);
        (await CommandOutcome.Of("workarea", "list", "--json", "--daemon-url", daemon.Address)).Output.ShouldBe(FakeDaemon.Json(list) + "\n");
    }

    [Fact]
    public async Task Show_says_where_the_tree_is()
    {
        var answer = new WorkareaAnswer { Workarea = new() { Id = "wa-0", Kind = "archived", Status = "archived", Path = "/state/workareas/wa-0/tree" } };
        await using var daemon = await DaemonAnswers.Get("/api/daemon/workareas/{id}", answer);

        (await CommandOutcome.Of("workarea", "show", "wa-0", "--daemon-url", daemon.Address)).Output.ShouldBe(
            "work area  wa-0\nkind       archived\ntree       /state/workareas/wa-0/tree\n");
    }

    [Fact]
    public void Show_says_what_the_manifest_says()
    {
        var at = new DateTimeOffset(2026, 5, 6, 21, 14, 9, TimeSpan.Zero);
        using var shown = new StringWriter();
        WorkareaShowCommand.Write(
            new PlainScreen(shown),
            new()
            {
                Id = "wa-0",
                Kind = "archived",
                Status = "archived",
                Ref = "main",
                Mode = "exclusive",
                AcquirePath = "pool-warm",
                Toolchain = new() { ["node"] = "20", ["go"] = "1.23" },
                Manifest = new JsonText(
                    """{"id":"wa-0","createdAt":"2026-05-06T21:14:09Z","sizeBytes":12300,"disposition":"failed","capabilities":["exclusive","shared"],"sourceProvider":"k8s","ticket":"ACME-318","n\u001b":7,"deep":{"a":1}}"""),
            },
            at.AddHours(3.5));

        shown.ToString().ShouldBe(
            $$"""
            work area     wa-0
            kind          archived
            ref           main
            tools         go 1.23, node 20
            made          from a member of the pool (pool-warm)
            mode          exclusive
            ended as      failed
            archived      {{at.ToLocalTime():yyyy-MM-dd HH:mm:ss}}, 3 h ago
            size          12.3 kB
            capabilities  exclusive, shared
            source        k8s
            ticket        ACME-318
            n\uFFFD            7
            deep          {"a":1}

            """.Replace("\\uFFFD", "\uFFFD", StringComparison.Ordinal));
    }

    [Fact]
    public void Ages_are_short()
    {
        var now = new DateTimeOffset(2026, 5, 7, 12, 34, 56, TimeSpan.Zero);
        string AgeOf(TimeSpan age)
        {
            using var shown = new StringWriter();
            WorkareaListCommand.Write(new PlainScreen(shown), new() { Active = [new() { Id = "s1", Kind = "active", Status = "ready", AcquiredAt = now - age }] }, now);
            return shown.ToString().Split('\n')[1]["s1         ready   ".Length..].TrimEnd();
        }

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

    [Theory]
    [InlineData("show", "../etc")]
    [InlineData("show", "..")]
    [InlineData("restore", "a/b")]
    [InlineData("rm", "/etc")]
    public async Task An_id_that_is_a_path_is_not_found(string verb, string id)
    {
        await using var daemon = await DaemonAnswers.Get("/api/daemon/workareas", new WorkareaList());

        var outcome = await CommandOutcome.Of("workarea", verb, id, "--daemon-url", daemon.Address);

        outcome.ShouldBe(new CommandOutcome(1, "", $"donmai: workarea not found: {id}\n"));
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
