using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Donmai.Client;
using Donmai.Workareas;
using NSubstitute;

namespace Donmai.Silo.Tests.Gateway;

/// <summary>The shapes of a difference over HTTP (workareas.md §6.5), with a grain that finds what a test wants it to find.</summary>
public sealed class Differences : IAsyncLifetime
{
    private const int Threshold = 5;
    private const string Path = "/api/daemon/workareas/wa-1/diff/wa-2";

    private readonly ManualTime _time = new();
    private readonly Channel<WorkareaDiffPage> _pages = Channel.CreateUnbounded<WorkareaDiffPage>();
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GatewayUnderTest _gateway = null!;
    private IWorkareaGrain _archive = null!;

    public async Task InitializeAsync()
    {
        _gateway = await GatewayUnderTest.Start(time: _time, diffStreamingThreshold: Threshold);
        _archive = _gateway.AddArchive("wa-1");
        _archive.Diff(default!, default).ReturnsForAnyArgs(call => Found(call.Arg<CancellationToken>()));
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact, Trait("spec", "WA-21")]
    public async Task As_many_as_the_threshold_come_in_one_piece()
    {
        Finds(3);
        Finds(2, from: 3);
        End(5);

        using var answer = await Open();
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        (await answer.Content.ReadAsStringAsync()).ShouldBe(
            """{"diff":{"summary":{"workareaA":"wa-1","workareaB":"wa-2","added":0,"removed":0,"modified":5,"total":5},"entries":["""
            + string.Join(',', Enumerable.Range(0, 5).Select(Line)) + "]}}\n");
        _archive.Received(1).Diff("wa-2", Arg.Any<CancellationToken>());
    }

    [Fact, Trait("spec", "WA-21")]
    public async Task One_more_comes_in_lines_and_the_summary_is_the_last()
    {
        Finds(4);
        Finds(2, from: 4);
        End(6);

        using var answer = await Open();
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/x-ndjson");
        (await answer.Content.ReadAsStringAsync()).ShouldBe(
            string.Concat(Enumerable.Range(0, 6).Select(static number => Line(number) + "\n"))
            + """{"summary":{"workareaA":"wa-1","workareaB":"wa-2","added":0,"removed":0,"modified":6,"total":6}}""" + "\n");
    }

    [Theory, Trait("spec", "WA-22")]
    [InlineData(0)]
    [InlineData(-7)]
    public async Task A_threshold_of_none_or_less_is_one_of_1000(int threshold)
    {
        await using var gateway = await GatewayUnderTest.Start(diffStreamingThreshold: threshold);
        gateway.AddArchive("wa-1").Diff(default!, default).ReturnsForAnyArgs(call => Found(call.Arg<CancellationToken>()));

        foreach (var (entries, shape) in new[] { (1000, "application/json"), (1001, "application/x-ndjson") })
        {
            Finds(entries);
            End(entries);
            using var answer = await gateway.Http.GetAsync(Path);
            answer.Content.Headers.ContentType!.ToString().ShouldBe(shape);
        }
    }

    [Fact]
    public async Task Lines_arrive_as_they_are_found()
    {
        Finds(6);
        using var answer = await Open();
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());

        for (var number = 0; number < 6; number++)
            (await lines.ReadLineAsync()).ShouldBe(Line(number));
        Finds(1, from: 6);
        (await lines.ReadLineAsync()).ShouldBe(Line(6));
        End(7);
        (await lines.ReadLineAsync())!.ShouldContain("summary");
        (await lines.ReadLineAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task The_time_that_the_trees_take_to_read_does_not_count()
    {
        var answer = Open();
        await Until(() => _archive.ReceivedCalls().Any());
        _time.Advance(TimeSpan.FromMinutes(5));
        Finds(6);
        using var lines = new StreamReader(await (await answer).Content.ReadAsStreamAsync());
        (await lines.ReadLineAsync()).ShouldBe(Line(0));
        _time.Advance(TimeSpan.FromMinutes(5));
        End(6);

        (await lines.ReadToEndAsync()).ShouldContain("summary");
    }

    [Fact]
    public async Task What_fails_before_the_first_line_is_an_ordinary_refusal()
    {
        Finds(2);
        _pages.Writer.Complete(new ArchiveCorruptedException("archive corrupted: \"pipe\" is no file"));

        using var answer = await Open();
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"error":"archive corrupted: \"pipe\" is no file"}""" + "\n");
    }

    [Theory]
    [InlineData(true, "archive corrupted: gone")]
    [InlineData(false, "internal error; the daemon's log says more")]
    public async Task What_fails_later_is_the_last_line_and_there_is_no_summary(bool refusal, string words)
    {
        Finds(6);
        _pages.Writer.Complete(refusal ? new ArchiveCorruptedException("archive corrupted: gone") : new IOException("/home/ana is gone"));

        var lines = (await (await Open()).Content.ReadAsStringAsync()).TrimEnd().Split('\n');
        lines.Length.ShouldBe(7);
        JsonDocument.Parse(lines[^1]).RootElement.GetProperty("error").GetString().ShouldBe(words);
    }

    [Fact]
    public async Task Unknown_archives_are_404()
    {
        var answer = await _gateway.Raw("GET", "/api/daemon/workareas/nothing/diff/wa-2");

        (answer.Status, answer.Body).ShouldBe((404, """{"error":"workarea not found","workareaId":"nothing"}""" + "\n"));
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Other_methods_are_405(string method) => (await _gateway.Raw(method, Path)).Status.ShouldBe(405);

    [Theory]
    [InlineData("/api/daemon/workareas/wa-1/diff/..")]
    [InlineData("/api/daemon/workareas/wa-1/diff/%2e%2e")]
    [InlineData("/api/daemon/workareas/wa-1/diff/..%2f..%2fetc")]
    [InlineData("/api/daemon/workareas/wa-1/diff")]
    [InlineData("/api/daemon/workareas/wa-1/diff/")]
    [InlineData("/api/daemon/workareas//diff/wa-2")]
    public async Task Paths_that_name_no_two_archives_are_404(string path)
    {
        (await _gateway.Raw("GET", path)).Status.ShouldBe(404);
        _archive.ReceivedCalls().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task A_client_that_goes_away_ends_the_work(int found)
    {
        Finds(found);
        using (var client = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await client.ConnectAsync(_gateway.EndPoint);
            await client.SendAsync(Encoding.ASCII.GetBytes($"GET {Path} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            if (found > 0)
                (await client.ReceiveAsync(new byte[4096])).ShouldBeGreaterThan(0);
            else
                await Until(() => _archive.ReceivedCalls().Any());
        }

        await _cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public async Task The_client_sees_the_same_entries_in_both_shapes(int entries)
    {
        Finds(entries);
        End(entries);
        using var client = new DonmaiClient(_gateway.Http.BaseAddress!.ToString());
        WorkareaDiffSummary? summary = null;

        var seen = await client.Diff("wa-1", "wa-2", done => summary = done).ToListAsync();

        seen.ShouldBe(Enumerable.Range(0, entries).Select(Entry));
        summary.ShouldBe(new WorkareaDiffSummary { WorkareaA = "wa-1", WorkareaB = "wa-2", Modified = entries, Total = entries });
    }

    private static WorkareaDifference Entry(int number) => new()
    {
        Path = $"f-{number:0000}.txt",
        Status = "modified",
        SizeA = 3,
        SizeB = 4,
        ModeA = "-rw-r--r--",
        ModeB = "-rw-r--r--",
        HashA = "9ba1",
        HashB = "11d0",
    };

    private static string Line(int number) =>
        $$"""{"path":"f-{{number:0000}}.txt","status":"modified","sizeA":3,"sizeB":4,"modeA":"-rw-r--r--","modeB":"-rw-r--r--","hashA":"9ba1","hashB":"11d0"}""";

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private void Finds(int entries, int from = 0) =>
        _pages.Writer.TryWrite(new WorkareaDiffPage { Entries = [.. Enumerable.Range(from, entries).Select(Entry)] });

    private void End(int total) => _pages.Writer.TryWrite(
        new WorkareaDiffPage { Summary = new WorkareaDiffSummary { WorkareaA = "wa-1", WorkareaB = "wa-2", Modified = total, Total = total } });

    private Task<HttpResponseMessage> Open() => _gateway.Http.GetAsync(Path, HttpCompletionOption.ResponseHeadersRead);

    private async IAsyncEnumerable<WorkareaDiffPage> Found([EnumeratorCancellation] CancellationToken ended)
    {
        try
        {
            await foreach (var page in _pages.Reader.ReadAllAsync(ended))
            {
                yield return page;
                if (page.Summary is not null)
                    yield break;
            }
        }
        finally
        {
            if (ended.IsCancellationRequested)
                _cancelled.TrySetResult();
        }
    }
}
