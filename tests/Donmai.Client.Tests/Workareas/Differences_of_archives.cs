using System.Net;
using Donmai.Workareas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Donmai.Client.Tests.Workareas;

/// <summary>Both shapes of a difference as a program reads them (workareas.md §6.5).</summary>
public sealed class Differences_of_archives
{
    private const string OneLine = """{"path":"a","status":"added","sizeB":1,"modeB":"-rw-r--r--","hashB":"8d74"}""";

    private static readonly WorkareaDifference One = new() { Path = "a", Status = "added", SizeB = 1, ModeB = "-rw-r--r--", HashB = "8d74" };

    [Fact]
    public async Task One_piece()
    {
        var (entries, summary) = await Read("application/json", $"{{\"diff\":{{\"summary\":{Summary(1)},\"entries\":[{OneLine}]}}}}");

        entries.ShouldBe([One]);
        summary.ShouldBe(new WorkareaDiffSummary { WorkareaA = "wa 1", WorkareaB = "wa-2", Added = 1, Total = 1 });
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("")]
    public async Task Lines_with_empty_ones_between(string end)
    {
        var (entries, summary) = await Read("application/x-ndjson", $"\n{OneLine}\n\n{{\"summary\":{Summary(1)}}}{end}");

        entries.ShouldBe([One]);
        summary!.Added.ShouldBe(1);
    }

    [Fact]
    public async Task A_line_may_be_as_long_as_1_MiB_and_no_longer()
    {
        const int Longest = 1024 * 1024;
        var path = new string('p', Longest - "{\"path\":\"\",\"status\":\"added\"}".Length);
        var line = $$"""{"path":"{{path}}","status":"added"}""";

        (await Read("application/x-ndjson", $"{line}\n{{\"summary\":{Summary(1)}}}\n")).Entries.ShouldHaveSingleItem().Path.ShouldBe(path);
        (await Unreadable($"{line} \n{{\"summary\":{Summary(1)}}}\n")).ShouldContain("longer than");
    }

    [Theory]
    [InlineData("", "before its summary")]
    [InlineData(OneLine + "\n", "before its summary")]
    [InlineData(OneLine + "\n{\"summary\":{\"workareaA\"", "no entry of a difference")]
    [InlineData(OneLine + "\n{\"summary\":{\"total\":2}}\n", "counts 2 entries, and there were 1")]
    [InlineData("{}\n", "neither an entry nor a summary")]
    [InlineData("null\n", "null")]
    [InlineData("hello\n", "no entry of a difference")]
    [InlineData("[1]\n", "no entry of a difference")]
    public async Task Lines_without_a_summary_that_fits_are_a_failure(string body, string problem) => (await Unreadable(body)).ShouldContain(problem);

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"diff":{"entries":[]}}""")]
    [InlineData("""{"diff":{"summary":{}}}""")]
    [InlineData("""{"diff":""")]
    [InlineData("")]
    public async Task One_piece_that_is_not_whole_is_a_failure(string body) =>
        await Should.ThrowAsync<UnreadableAnswerException>(() => Read("application/json", body));

    [Fact]
    public async Task What_the_daemon_says_when_it_cannot_go_on_is_thrown_after_what_it_found()
    {
        await using var daemon = await Saying("application/x-ndjson", OneLine + "\n{\"error\":\"archive corrupted: gone\"}\n");
        using var client = daemon.Client();
        var entries = new List<WorkareaDifference>();
        var isDone = false;

        var failure = await Should.ThrowAsync<DiffFailedException>(async () =>
        {
            await foreach (var entry in client.Diff("wa 1", "wa-2", _ => isDone = true))
                entries.Add(entry);
        });

        failure.Message.ShouldContain("archive corrupted: gone");
        entries.ShouldBe([One]);
        isDone.ShouldBeFalse();
    }

    [Fact]
    public async Task A_connection_that_breaks_off_is_a_daemon_that_is_away()
    {
        await using var daemon = await FakeDaemon.Start(routes => routes.MapGet("/api/daemon/workareas/{a}/diff/{b}", async context =>
        {
            context.Response.ContentType = "application/x-ndjson";
            await context.Response.WriteAsync(OneLine + "\n");
            await context.Response.Body.FlushAsync();
            context.Abort();
        }));
        using var client = daemon.Client();

        await Should.ThrowAsync<DaemonUnreachableException>(async () => await client.Diff("wa 1", "wa-2").CountAsync());
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, """{"error":"workarea not found","workareaId":"wa 1"}""", typeof(NotFoundException), "workarea not found: wa 1")]
    [InlineData(HttpStatusCode.BadRequest, """{"error":"archive corrupted: tree is missing"}""", typeof(BadRequestException), "archive corrupted: tree is missing")]
    public async Task Refusals_have_their_type(HttpStatusCode status, string body, Type type, string message)
    {
        await using var daemon = await FakeDaemon.Answering("/api/daemon/workareas/{a}/diff/{b}", status, body);
        using var client = daemon.Client();

        var refusal = await Should.ThrowAsync<ControlApiException>(async () => await client.Diff("wa 1", "wa-2").CountAsync());

        refusal.ShouldBeOfType(type);
        refusal.Message.ShouldBe(message);
    }

    [Theory]
    [InlineData("", "b")]
    [InlineData("a", "..")]
    public async Task Ids_that_name_nothing_are_not_asked_for(string older, string newer)
    {
        using var client = FakeDaemon.Client("http://127.0.0.1:1");

        await Should.ThrowAsync<NotFoundException>(async () => await client.Diff(older, newer).CountAsync());
    }

    private static string Summary(int added) => $$"""{"workareaA":"wa 1","workareaB":"wa-2","added":{{added}},"removed":0,"modified":0,"total":{{added}}}""";

    private static Task<FakeDaemon> Saying(string type, string body) => FakeDaemon.Start(routes => routes.MapGet("/api/daemon/workareas/wa 1/diff/wa-2", async context =>
    {
        context.Response.ContentType = type;
        await context.Response.WriteAsync(body);
    }));

    private static async Task<(List<WorkareaDifference> Entries, WorkareaDiffSummary? Summary)> Read(string type, string body)
    {
        await using var daemon = await Saying(type, body);
        using var client = daemon.Client();
        WorkareaDiffSummary? summary = null;
        var entries = await client.Diff("wa 1", "wa-2", done => summary = done).ToListAsync();
        return (entries, summary);
    }

    private static async Task<string> Unreadable(string body) =>
        (await Should.ThrowAsync<UnreadableAnswerException>(() => Read("application/x-ndjson", body))).Message;
}
