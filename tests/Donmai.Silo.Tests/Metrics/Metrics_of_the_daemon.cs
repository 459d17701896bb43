using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Donmai.Sessions;
using Donmai.Silo.Daemon;
using Donmai.Silo.Metrics;
using Donmai.Silo.Tests.Daemon;
using Donmai.Silo.Tests.Gateway;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Silo.Tests.Metrics;

/// <summary>daemon-runtime.md §15.3: what is measured, and how it is served.</summary>
public sealed class Metrics_of_the_daemon
{
    [Fact]
    public void Every_kind_of_instrument_is_written_as_the_format_says()
    {
        using var meter = new DaemonMeter();
        using var collection = new MetricCollection(meter);
        var counter = meter.Meter.CreateCounter<long>("test.things", unit: null, "Things\nwith a \\ in them");
        counter.Add(2, new KeyValuePair<string, object?>("kind", "a \"b\" \\ c\nd"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "plain"));
        counter.Add(4, new KeyValuePair<string, object?>("kind", "plain"));
        var histogram = meter.Histogram("test.wait", "Waits", [0.1, 1]);
        foreach (var value in (double[])[0.1, 0.5, 7])
            histogram.Record(value);
        var level = 5;
        meter.Meter.CreateObservableGauge("test.level", () => new Measurement<int>(level, new KeyValuePair<string, object?>("at", level)));
        Exposition.Parse(collection.Read()).Samples["test_level{at=\"5\"}"].ShouldBe(5);
        level = 6;

        var read = Exposition.Parse(collection.Read());

        read.Samples["test_things_total{kind=\"a \\\"b\\\" \\\\ c\\nd\"}"].ShouldBe(2);
        read.Samples["test_things_total{kind=\"plain\"}"].ShouldBe(7);
        read.Samples["test_wait_seconds_bucket{le=\"0.1\"}"].ShouldBe(1);
        read.Samples["test_wait_seconds_bucket{le=\"1\"}"].ShouldBe(2);
        read.Samples["test_wait_seconds_bucket{le=\"+Inf\"}"].ShouldBe(3);
        read.Samples["test_wait_seconds_sum"].ShouldBe(7.6);
        read.Samples.Keys.Where(static name => name.StartsWith("test_level", StringComparison.Ordinal)).ShouldBe(["test_level{at=\"6\"}"]);
        read.Types["test_level"].ShouldBe("gauge");
        read.Types.Keys.ShouldContain("dotnet_process_memory_working_set_bytes");
    }

    [Fact]
    public void What_another_daemon_of_the_process_measures_is_its_own()
    {
        using var own = new DaemonMeter();
        using var other = new DaemonMeter();
        using var collection = new MetricCollection(own);
        own.Drained(TimeSpan.FromSeconds(2));
        other.Drained(TimeSpan.FromSeconds(2));

        Exposition.Parse(collection.Read()).Samples["donmai_drain_duration_seconds_count"].ShouldBe(1);
    }

    [Fact]
    public void Many_threads_lose_no_measurement()
    {
        using var meter = new DaemonMeter();
        using var collection = new MetricCollection(meter);
        var counter = meter.Meter.CreateCounter<long>("test.things");
        Parallel.For(0, 8, thread =>
        {
            for (var number = 0; number < 10_000; number++)
                counter.Add(1, new KeyValuePair<string, object?>("parity", thread % 2 == 0 ? "even" : "odd"));
        });

        var read = Exposition.Parse(collection.Read());

        read.Samples["test_things_total{parity=\"even\"}"].ShouldBe(40_000);
        read.Samples["test_things_total{parity=\"odd\"}"].ShouldBe(40_000);
    }

    [Fact]
    public async Task Nothing_that_a_caller_sends_becomes_a_label()
    {
        await using var gateway = await GatewayUnderTest.Start();
        using var collection = new MetricCollection(gateway.Meter);
        for (var number = 0; number < 100; number++)
        {
            await gateway.Raw("GET", $"/api/daemon/sessions/hostile-{number}");
            await gateway.Raw("GET", $"/nowhere/hostile-{number}");
            await gateway.Raw($"HOSTILE{number}", "/api/daemon/status");
            await gateway.Raw("GET", $"/api/daemon/sessions/%22%7D%0Ahostile-{number}/inspect");
        }

        var text = collection.Read();

        text.ShouldNotContain("hostile", Case.Insensitive);
        var requests = Exposition.Parse(text).Samples.Where(static sample => sample.Key.StartsWith("donmai_http_request_duration_seconds_count", StringComparison.Ordinal)).ToList();
        requests.Sum(static sample => sample.Value).ShouldBe(400);
        requests.Count.ShouldBeLessThan(10);
        requests.ShouldContain(static sample => sample.Key.Contains("route=\"unmatched\",status=\"404\"", StringComparison.Ordinal));
        requests.ShouldContain(static sample => sample.Key.Contains("method=\"other\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_of_sessions_are_no_labels_and_those_that_are_gone_take_no_memory()
    {
        using var meter = new DaemonMeter();
        using var collection = new MetricCollection(meter);
        var metrics = new SessionMetrics(meter, new FixedConfiguration(new DaemonConfiguration { MachineId = "box", MaxConcurrentSessions = 7, ArchiveRoot = "/archives" }));
        for (var number = 0; number < 1000; number++)
        {
            metrics.IsLive($"hostile-{number}", SessionState.Starting);
            metrics.IsLive($"hostile-{number}", SessionState.Running);
            if (number >= 10)
                metrics.IsGone($"hostile-{number}");
            metrics.Ended(SessionState.Failed, TimeSpan.FromSeconds(number));
        }

        metrics.IsLive("one-more", SessionState.Starting);
        foreach (var refusal in (Exception[])[new SessionRefusedException("x", RefusalReason.AtCapacity), new InvalidSessionSpecException("x"), new SessionAlreadyActiveException("hostile"), new TimeoutException("hostile")])
            metrics.Refused(SessionMetrics.ReasonOf(refusal));

        var text = collection.Read();

        text.ShouldNotContain("hostile");
        var samples = Exposition.Parse(text).Samples;
        samples["donmai_sessions{state=\"starting\"}"].ShouldBe(1);
        samples["donmai_sessions{state=\"running\"}"].ShouldBe(10);
        samples["donmai_sessions_capacity"].ShouldBe(7);
        samples["donmai_sessions_ended_total{state=\"failed\"}"].ShouldBe(1000);
        samples["donmai_sessions_refused_total{reason=\"at-capacity\"}"].ShouldBe(1);
        samples["donmai_sessions_refused_total{reason=\"invalid\"}"].ShouldBe(1);
        samples["donmai_sessions_refused_total{reason=\"duplicate\"}"].ShouldBe(1);
        samples["donmai_sessions_refused_total{reason=\"failed\"}"].ShouldBe(1);
    }

    [Fact]
    public async Task A_daemon_serves_its_metrics_on_loopback()
    {
        var port = FreePort();
        await using var daemon = await RunningDaemon.Start(GrainStore.Journal, metricsPort: port);
        using var http = new HttpClient();
        var address = new Uri($"http://127.0.0.1:{port}/metrics");
        await daemon.Accept("s-1");
        await daemon.Accept("s-1");
        (await Read()).Samples["donmai_sessions{state=\"running\"}"].ShouldBe(1);
        daemon.LetEnd("s-1");
        await daemon.End("s-1");

        var read = await Read();

        read.Samples["donmai_sessions{state=\"running\"}"].ShouldBe(0);
        read.Samples["donmai_sessions_accepted_total"].ShouldBe(1);
        read.Samples["donmai_sessions_refused_total{reason=\"duplicate\"}"].ShouldBe(1);
        read.Samples["donmai_sessions_ended_total{state=\"completed\"}"].ShouldBe(1);
        read.Samples["donmai_session_duration_seconds_count{state=\"completed\"}"].ShouldBe(1);
        read.Samples["donmai_worker_start_duration_seconds_count"].ShouldBe(1);
        read.Samples["donmai_http_request_duration_seconds_count{method=\"POST\",route=\"/api/daemon/sessions\",status=\"202\"}"].ShouldBe(1);
        read.Samples["donmai_journal_records_total"].ShouldBeGreaterThan(0);
        read.Samples["donmai_journal_batch_records_sum"].ShouldBe(read.Samples["donmai_journal_records_total"]);
        read.Samples["donmai_journal_flush_duration_seconds_count"].ShouldBeGreaterThan(0);
        read.Samples.Keys.ShouldContain(static name => name.StartsWith("donmai_info{", StringComparison.Ordinal));
        read.Samples["donmai_events_followers"].ShouldBe(0);

        using var rebound = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Host = "evil.example" } };
        (await http.SendAsync(rebound)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await http.GetAsync(new Uri(address, "/"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.PostAsync(address, content: null)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);

        async Task<Exposition> Read()
        {
            using var answer = await http.GetAsync(address);
            answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
            return Exposition.Parse(await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_a_warning()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var meter = new DaemonMeter();

        var server = await MetricsServer.Start(((IPEndPoint)taken.LocalEndpoint).Port, meter, NullLoggerFactory.Instance, CancellationToken.None);

        server.ShouldBeNull();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
