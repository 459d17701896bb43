using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Donmai.Daemon;
using Donmai.Silo.Daemon;

namespace Donmai.Silo.Tests.Daemon;

/// <summary>daemon-runtime.md §12, control-api.md §4.5: a whole daemon that replaces its program, and one that takes it back.</summary>
public sealed class UpdatingItself
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    [Trait("spec", "DR-54")]
    public async Task A_daemon_that_was_updated_drains_ends_with_3_and_tells_of_it_in_its_next_life()
    {
        await using var site = await UpdateSite.Open();
        await using (var old = await DaemonHost.Start(site.Options))
        {
            using var http = new HttpClient { BaseAddress = old.Address };
            var asked = await http.PostAsync("/api/daemon/update", null);

            asked.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await asked.Content.ReadAsStringAsync()).TrimEnd().ShouldBe("""{"ok":true,"message":"update initiated"}""");
            (await old.Finished.WaitAsync(Limit)).ShouldBe(3);
        }

        site.Installed.ShouldBe(UpdateSite.Program("1.1.0"));
        await using var next = await DaemonHost.Start(site.Options with { Version = "1.1.0" });
        using var client = new HttpClient { BaseAddress = next.Address };
        var last = (await client.GetFromJsonAsync<JsonElement>("/api/daemon/doctor")).GetProperty("lastUpdate");
        last.GetProperty("updated").GetBoolean().ShouldBeTrue();
        last.GetProperty("version").GetString().ShouldBe("1.1.0");
        last.GetProperty("reason").GetString().ShouldBe("update-applied");
        last.GetProperty("finishedAt").GetString().ShouldEndWith("Z");
        await client.PostAsync("/api/daemon/update", null);
        await Updated(client, "already-up-to-date");
        (await client.GetStringAsync("/api/daemon/status")).ShouldContain("\"status\":\"ready\"");
    }

    [Fact]
    [Trait("spec", "DR-51")]
    [Trait("spec", "DR-26")]
    public async Task Without_a_verifier_nothing_is_installed_and_no_session_is_disturbed()
    {
        await using var site = await UpdateSite.Open();
        await using var daemon = await DaemonHost.Start(site.Options with { Services = null });
        using var http = new HttpClient { BaseAddress = daemon.Address };
        using var body = JsonContent.Create(new { sessionId = "s1", repository = RunningDaemon.Repository });
        (await http.PostAsync("/api/daemon/sessions", body)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await http.PostAsync("/api/daemon/update", null);
        await Updated(http, "sig-rejected: this version cannot verify signatures of releases, so it installs none");

        site.Installed.ShouldBe(UpdateSite.Program("1.0.0"));
        var status = await http.GetFromJsonAsync<JsonElement>("/api/daemon/status");
        (status.GetProperty("status").GetString(), status.GetProperty("activeSessions").GetInt32()).ShouldBe(("ready", 1));
        await daemon.BeginStop(new DaemonStopRequest { Immediately = true });
        await daemon.Finished.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_version_that_does_not_start_twice_is_undone_by_its_third_start()
    {
        await using var site = await UpdateSite.Open();
        await using (var old = await DaemonHost.Start(site.Options))
        {
            await old.Grains.GetGrain<IUpdateGrain>("box").Begin();
            (await old.Finished.WaitAsync(Limit)).ShouldBe(3);
        }

        var broken = site.Options with { Version = "1.1.0", Services = static _ => throw new InvalidOperationException("a defect of 1.1.0") };
        await Should.ThrowAsync<InvalidOperationException>(DaemonHost.Start(broken));
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        for (var start = 0; start < 3; start++) // says nothing about the version
        {
            var taken = DaemonHost.Start(broken with { Port = ((IPEndPoint)other.LocalEndpoint).Port });
            (await Should.ThrowAsync<DaemonStartException>(taken)).ExitCode.ShouldBe(1);
        }

        await Should.ThrowAsync<InvalidOperationException>(DaemonHost.Start(broken));
        site.Installed.ShouldBe(UpdateSite.Program("1.1.0"));

        var undone = await Should.ThrowAsync<DaemonStartException>(DaemonHost.Start(broken));

        undone.ExitCode.ShouldBe(3);
        site.Installed.ShouldBe(UpdateSite.Program("1.0.0"));
        await using var former = await DaemonHost.Start(site.Options);
        using var http = new HttpClient { BaseAddress = former.Address };
        await Updated(http, "swap-failed: version 1.1.0 did not run here and was taken back");
        await http.PostAsync("/api/daemon/update", null);
        await Updated(http, "already-up-to-date");
        site.Installed.ShouldBe(UpdateSite.Program("1.0.0"));
    }

    private static async Task Updated(HttpClient http, string reason)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var doctor = await http.GetFromJsonAsync<JsonElement>("/api/daemon/doctor", limit.Token);
            if (doctor.TryGetProperty("lastUpdate", out var last) && last.GetProperty("reason").GetString() == reason)
                return;
            await Task.Delay(20, limit.Token);
        }
    }
}
