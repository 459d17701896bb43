using System.Net;
using System.Text;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Tests.Sessions;

public sealed class Details_come_from_the_daemon : IDisposable
{
    private const string Good = """{"sessionId":"s-1","promptContext":"x","newField":{"a":1}}""";

    private readonly FakeDaemon _daemon = new();
    private readonly FakeClock _clock = new();

    public void Dispose() => _daemon.Dispose();

    [Fact, Trait("spec", "WK-2")]
    public async Task A_refusal_is_final_and_says_what_the_daemon_said()
    {
        _daemon.Answers(HttpStatusCode.NotFound, """ {"error":"session not found"} """);
        (await Refused()).ShouldBe("""the daemon at http://127.0.0.1:7734 refused session 's-1': 404 {"error":"session not found"}""");
        _daemon.Requests.ShouldBe(["/api/daemon/sessions/s-1"]);
    }

    [Fact, Trait("spec", "WK-2")]
    public async Task Server_errors_are_tried_again_after_200_and_400_ms()
    {
        _daemon.Answers(HttpStatusCode.InternalServerError, "no").Answers(HttpStatusCode.BadGateway, "no").Answers(HttpStatusCode.OK, Good);
        (await Read()).PromptContext.ShouldBe("x");
        _clock.Waits.ShouldBe([TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400)]);
    }

    [Fact, Trait("spec", "WK-2")]
    public async Task Three_failures_name_the_attempts_and_the_last_cause()
    {
        _daemon.Drops();
        (await Refused()).ShouldBe(
            "the daemon at http://127.0.0.1:7734 did not give the detail of session 's-1' in 3 attempts: the connection was dropped");
        _daemon.Requests.Count.ShouldBe(3);
    }

    [Fact, Trait("spec", "WK-2")]
    public async Task An_answer_that_is_no_JSON_is_tried_again()
    {
        _daemon.Answers(HttpStatusCode.OK, "<html>").Answers(HttpStatusCode.OK, Good);
        (await Read()).SessionId.ShouldBe("s-1");
        _daemon.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task T20_a_detail_of_two_mebibytes_starts()
    {
        _daemon.Answers(HttpStatusCode.OK, $$"""{"sessionId":"s-1","promptContext":"{{new StringBuilder().Append('x', 2 * 1024 * 1024)}}"}""");
        (await Read()).PromptContext!.Length.ShouldBe(2 * 1024 * 1024);
    }

    [Fact, Trait("spec", "WK-2")]
    public async Task A_cancelled_read_is_not_repeated()
    {
        _daemon.Drops();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        using var details = Source("s-1");
        await Should.ThrowAsync<OperationCanceledException>(() => details.Read(TimeSpan.FromSeconds(10), cancelled.Token));
        _daemon.Requests.Count.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task The_id_is_escaped_in_the_path()
    {
        _daemon.Answers(HttpStatusCode.OK, Good);
        using var details = Source("a:b");
        await details.Read(TimeSpan.FromSeconds(10), CancellationToken.None);
        _daemon.Requests.ShouldBe(["/api/daemon/sessions/a%3Ab"]);
    }

    private async Task<Donmai.Sessions.SessionDetail> Read()
    {
        using var details = Source("s-1");
        return await details.Read(TimeSpan.FromSeconds(10), CancellationToken.None);
    }

    private async Task<string> Refused() => (await Should.ThrowAsync<PreflightException>(Read)).Message;

    private DaemonDetails Source(string id) => new(new WorkerPlaces(id, "http://127.0.0.1:7734", "/w", "/r"), _daemon, _clock);
}
