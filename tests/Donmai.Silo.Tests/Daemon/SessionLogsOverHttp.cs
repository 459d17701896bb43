using System.Net;
using Donmai.Client;
using Donmai.Silo.Daemon;

namespace Donmai.Silo.Tests.Daemon;

/// <summary>The additive route of docs/decisions/0013, through gateway, grains and processes.</summary>
public sealed class SessionLogsOverHttp : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private RunningDaemon _daemon = null!;

    public async Task InitializeAsync() => _daemon = await RunningDaemon.Start(
        worker: static directory => WorkerCommands.Shell(
            $"echo one; echo two >&2; until [ -e '{directory}'/go-$DONMAI_SESSION_ID ]; do sleep 0.02; done; echo three; printf four"));

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Fact]
    [Trait("spec", "DR-38")]
    public async Task A_log_is_followed_to_the_last_line_and_read_again_after_the_end()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _daemon.Accept("acme:1");
        using var client = new DonmaiClient(_daemon.Host.Address.ToString());
        var seen = new List<string>();

        await foreach (var line in client.Logs("acme:1", follow: true, cancellationToken: limit.Token))
        {
            seen.Add($"{line.Stream} {line.Text}");
            if (seen.Count == 2)
                _daemon.LetEnd("acme:1");
        }

        seen.Order(StringComparer.Ordinal).ShouldBe(["stderr two", "stdout four", "stdout one", "stdout three"]);
        seen[2..].ShouldBe(["stdout three", "stdout four"]);
        using var answer = await _daemon.Http.GetAsync("/api/daemon/sessions/acme:1/logs?tail=1");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        (await answer.Content.ReadAsStringAsync()).ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z stdout four\n$");
        (await _daemon.Http.GetStringAsync("/api/daemon/sessions/acme:1/logs")).Split('\n').Length.ShouldBe(5);
    }

    [Theory]
    [InlineData("?tail=-1", "tail must be a number of lines, from 0: \"-1\"")]
    [InlineData("?tail=x", "tail must be a number of lines, from 0: \"x\"")]
    [InlineData("?follow=perhaps", "follow must be true or false: \"perhaps\"")]
    public async Task A_part_that_there_is_not_is_refused(string query, string error)
    {
        var (status, body) = await _daemon.Get("/api/daemon/sessions/s/logs" + query);

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("error").GetString().ShouldBe(error);
    }

    [Fact]
    public async Task A_session_that_there_is_not_has_no_log()
    {
        var (status, body) = await _daemon.Get("/api/daemon/sessions/nobody/logs");

        status.ShouldBe(HttpStatusCode.NotFound);
        body.GetProperty("sessionId").GetString().ShouldBe("nobody");
    }
}
