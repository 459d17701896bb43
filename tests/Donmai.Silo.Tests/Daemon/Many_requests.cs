using System.Net;
using Donmai.Core.Daemon;
using Donmai.Sessions;
using Donmai.Silo.Daemon;

namespace Donmai.Silo.Tests.Daemon;

/// <summary>Many clients that ask a busy daemon; how fast it is, <c>bench/</c> says.</summary>
public sealed class Many_requests
{
    private const int Sessions = 100;
    private const int Connections = 64;
    private const int Requests = 10_000;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static readonly string[] Paths =
    [
        "/api/daemon/status", "/api/daemon/sessions", "/api/daemon/providers", "/api/daemon/stats?pool=true&byMachine=true", "/api/daemon/sessions/s7",
        "/api/daemon/capacity", "/api/daemon/capabilities", "/api/daemon/heartbeat", "/api/daemon/workareas", "/healthz",
    ];

    [Fact]
    public async Task Ten_thousand_requests_on_64_connections_beside_100_sessions_have_no_error()
    {
        await using var first = await RunningDaemon.Start();
        using var directory = new TemporaryDirectory();
        await using var daemon = await DaemonHost.Start(first.Options with
        {
            State = new StateDirectory(directory.Path),
            Configuration = new ConfigurationInForce(first.Options.Configuration.Current with { MaxConcurrentSessions = Sessions, ArchiveRoot = Path.Combine(directory.Path, "workareas") }),
            Worker = WorkerCommands.Shell("exec sleep 600"),
        });
        using var limit = new CancellationTokenSource(Deadline);
        await Task.WhenAll(Enumerable.Range(0, Sessions).Select(number => Spawner(daemon).Accept(new SessionSpec { SessionId = $"s{number}", Repository = RunningDaemon.Project })));
        try
        {
            var next = -1;
            var statuses = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Ask(daemon.Address, () => Interlocked.Increment(ref next), limit.Token)));

            statuses.SelectMany(static some => some).GroupBy(static status => status).Select(static same => (same.Key, same.Count())).ShouldBe([(HttpStatusCode.OK, Requests)]);
        }
        finally
        {
            await Task.WhenAll(Enumerable.Range(0, Sessions).Select(number => daemon.Grains.GetGrain<ISessionGrain>($"s{number}").Stop(new SessionStopRequest { Immediately = true })));
            await daemon.WaitUntilIdle(limit.Token);
        }
    }

    private static ISpawnerGrain Spawner(DaemonHost daemon) => daemon.Grains.GetGrain<ISpawnerGrain>(RunningDaemon.Machine);

    private static async Task<List<HttpStatusCode>> Ask(Uri address, Func<int> next, CancellationToken cancellationToken)
    {
        using var connection = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 }) { BaseAddress = address };
        var statuses = new List<HttpStatusCode>();
        while (next() is var number && number < Requests)
        {
            using var answer = await connection.GetAsync(Paths[number % Paths.Length], cancellationToken);
            (await answer.Content.ReadAsByteArrayAsync(cancellationToken)).Length.ShouldBeGreaterThan(0);
            statuses.Add(answer.StatusCode);
        }

        return statuses;
    }
}
