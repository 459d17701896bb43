using System.Globalization;
using Donmai.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Donmai.Client.Tests.Sessions;

public sealed class Following_logs
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly DateTimeOffset Start = new(2026, 5, 7, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task They_go_on_where_they_broke_off_each_line_once()
    {
        string[] log = [Line(1, "a"), Line(2, "same"), Line(2, "same"), Line(2, "same"), Line(3, "b")];
        using var seen = new SemaphoreSlim(0);
        var asked = new List<string?>();
        await using var daemon = await Daemon(static () => SessionState.Completed, async request =>
        {
            asked.Add(request.Query["tail"]);
            if (asked.Count > 1)
            {
                await Send(request, string.Concat(log[1..])); // the oldest is gone
                return;
            }

            await Send(request, string.Concat(log[..3]) + Line(9, "cut off")[..^5]);
            for (var line = 0; line < 3; line++)
                await seen.WaitAsync(Deadline);
            request.HttpContext.Abort();
        });
        using var client = daemon.Client();
        var absences = 0;

        var lines = new List<string>();
        await foreach (var line in client.FollowLogs("s1", tail: 7, whenAway: () => absences++))
        {
            lines.Add(line.Text);
            seen.Release();
        }

        lines.ShouldBe(["a", "same", "same", "same", "b"]);
        asked.ShouldBe(["7", null]);
        absences.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_ends_while_the_session_lives_is_asked_for_again()
    {
        var connections = 0;
        await using var daemon = await Daemon(
            () => connections < 2 ? SessionState.Running : SessionState.Completed,
            request => Send(request, Line(1, "a") + (++connections < 2 ? "" : Line(2, "b"))));
        using var client = daemon.Client();

        var lines = new List<string>();
        await foreach (var line in client.FollowLogs("s1"))
            lines.Add(line.Text);

        lines.ShouldBe(["a", "b"]);
        connections.ShouldBe(2);
    }

    [Fact]
    public async Task A_daemon_that_stays_away_is_given_up()
    {
        var daemon = await FakeDaemon.Start(static _ => { });
        await daemon.DisposeAsync();
        using var client = daemon.Client(reconnectFor: TimeSpan.FromMilliseconds(200));

        await Should.ThrowAsync<DaemonUnreachableException>(async () =>
        {
            await foreach (var _ in client.FollowLogs("s1"))
            {
                // none comes
            }
        });
    }

    private static Task<FakeDaemon> Daemon(Func<SessionState> state, Func<HttpRequest, Task> logs) => FakeDaemon.Start(routes =>
    {
        routes.MapGet("/api/daemon/sessions/s1/logs", (HttpContext context) => logs(context.Request));
        routes.MapGet("/api/daemon/sessions/s1/inspect", (HttpContext context) => context.Response.WriteAsync(
            FakeDaemon.Json(new SessionInspection { SessionId = "s1", Repository = "r", State = state() })));
    });

    private static string Line(int second, string text) => string.Create(
        CultureInfo.InvariantCulture, $"{new SessionLogLine { At = Start.AddSeconds(second), Stream = "stdout", Text = text }}\n");

    private static async Task Send(HttpRequest request, string text)
    {
        await request.HttpContext.Response.WriteAsync(text);
        await request.HttpContext.Response.Body.FlushAsync();
    }
}
