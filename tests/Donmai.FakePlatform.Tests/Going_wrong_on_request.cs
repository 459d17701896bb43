using System.Net;
using Donmai.FakePlatform.Faults;

namespace Donmai.FakePlatform.Tests;

public sealed class Going_wrong_on_request : PlatformTest
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Daemon.Claim("s1");
    }

    [Fact]
    public async Task The_next_requests_of_a_path_fail_and_are_not_carried_out()
    {
        Platform.Faults.FailNext("activity", 2, 503);

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
            answers.Add((await Daemon.Act("s1", "thought", $"{i}")).Status);

        answers.ShouldBe([HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK]);
        Platform.Sessions.Find("s1")!.Activities.ShouldHaveSingleItem().Content.ShouldBe("2");
        (await Daemon.Beat()).Status.ShouldBe(HttpStatusCode.OK);
        Platform.Requests.Matching("activity").Select(static request => request.Fault).ShouldBe(["Status", "Status", null]);
    }

    [Fact]
    public async Task An_answer_can_be_lost_after_the_request_was_carried_out()
    {
        Platform.Faults.Add(new Fault { Kind = FaultKind.Drop, Path = "activity", Count = 1, After = true });
        Platform.Faults.Add(new Fault { Kind = FaultKind.Status, Path = "activity", Count = 1, After = true, RetryAfterSeconds = 7 });

        await Should.ThrowAsync<HttpRequestException>(() => Daemon.Act("s1", "thought", "one"));
        using var second = await Daemon.Raw(HttpMethod.Post, "/api/sessions/s1/activity", """{"activity":{"type":"thought","content":"two"}}""");

        ((int)second.StatusCode, second.Headers.RetryAfter!.Delta).ShouldBe((500, TimeSpan.FromSeconds(7)));
        Platform.Sessions.Find("s1")!.Activities.Select(static activity => activity.Content).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Requests_can_go_unanswered_until_the_caller_gives_up()
    {
        Platform.Faults.FailNext("/api/*/status", 1, FaultKind.Stall);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<OperationCanceledException>(() =>
            Daemon.Raw(HttpMethod.Post, "/api/sessions/s1/status", """{"workerId":"wkr_1","status":"running"}""", cancellation: patience.Token));

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        (await Platform.Requests.First("status", cancellation: deadline.Token)).Status.ShouldBe(0);
        Platform.Sessions.Find("s1")!.Statuses.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers_can_be_garbage_cut_off_elsewhere_huge_or_late()
    {
        var path = $"/api/workers/{Daemon.WorkerId}/poll";
        Platform.Faults.Add(new Fault { Kind = FaultKind.Garbage, Path = "poll", Count = 1, Body = "<html>" });
        Platform.Faults.FailNext("poll", 1, FaultKind.Truncated);
        Platform.Faults.FailNext("poll", 1, FaultKind.Redirect);
        Platform.Faults.Add(new Fault { Kind = FaultKind.Huge, Path = "poll", Count = 1, Bytes = 1_000_000 });
        Platform.Faults.Add(new Fault { Kind = FaultKind.Slow, Path = "poll", Count = 1, DelayMs = 1 });
        Platform.Faults.Add(new Fault { Kind = FaultKind.Delay, Path = "poll", Count = 1, DelayMs = 1 });

        using (var garbage = await Daemon.Raw(HttpMethod.Get, path))
            (garbage.StatusCode, await garbage.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.OK, "<html>"));
        await Should.ThrowAsync<HttpRequestException>(async () =>
        {
            using var truncated = await Daemon.Raw(HttpMethod.Get, path);
            await truncated.Content.ReadAsStringAsync();
        });
        using (var redirect = await Daemon.Raw(HttpMethod.Get, path))
            (redirect.StatusCode, redirect.Headers.Location!.Host).ShouldBe((HttpStatusCode.TemporaryRedirect, "elsewhere.invalid"));
        using (var huge = await Daemon.Raw(HttpMethod.Get, path))
            (await huge.Content.ReadAsByteArrayAsync()).Length.ShouldBe(1_000_000);
        (await Daemon.Poll())["preClaimed"]!.GetValue<bool>().ShouldBeTrue("one byte after the other");
        (await Daemon.Poll())["preClaimed"]!.GetValue<bool>().ShouldBeTrue("late");
        Platform.Faults.Pending.ShouldBeEmpty();
    }

    [Fact]
    public async Task Random_faults_strike_as_often_as_ordered_and_in_the_same_way_with_the_same_seed()
    {
        async Task<List<int>> Draw()
        {
            Platform.Faults.Reseed(7);
            var statuses = new List<int>();
            for (var i = 0; i < 200; i++)
                statuses.Add((int)(await Daemon.Beat()).Status);
            return statuses;
        }

        Platform.Faults.Add(new Fault { Kind = FaultKind.Status, Percent = 30 });
        Platform.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 429, Percent = 10 });

        var first = await Draw();
        var second = await Draw();

        second.ShouldBe(first);
        first.Count(static status => status == 500).ShouldBeInRange(40, 80);
        first.Count(static status => status == 429).ShouldBeInRange(8, 35);
    }

    [Fact]
    public async Task It_can_be_down_and_come_back()
    {
        Platform.Faults.GoDown(TimeSpan.FromMinutes(1));
        await Should.ThrowAsync<HttpRequestException>(() => Daemon.Beat());
        Platform.Faults.IsDown.ShouldBeTrue();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        (await Platform.Requests.First("heartbeat", cancellation: deadline.Token)).Status.ShouldBe(0);

        Platform.Clock.Advance(TimeSpan.FromMinutes(1));

        (await Daemon.Beat()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Over_https_its_certificate_is_not_to_be_trusted()
    {
        await using var secure = await PlatformServer.Start(new PlatformOptions { Tls = true });
        using var caller = new Caller(secure);

        secure.Address.Scheme.ShouldBe("https");
        (await Should.ThrowAsync<HttpRequestException>(() => caller.Register())).HttpRequestError.ShouldBe(HttpRequestError.SecureConnectionError);
    }
}
