using System.Net;
using System.Net.Sockets;
using System.Text;
using Donmai.Client;
using Donmai.Core.Daemon;
using Donmai.Workareas;

namespace Donmai.Silo.Tests.Daemon;

/// <summary>What differs between archives, from the disk through grains and gateway to the clients (workareas.md §6).</summary>
public sealed class DiffsOverHttp : IAsyncLifetime
{
    private const int Changed = 30;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly int _grainPort = FreePort();
    private RunningDaemon _daemon = null!;

    private static string Path => "/api/daemon/workareas/wa-1/diff/wa-2";

    public async Task InitializeAsync() => _daemon = await RunningDaemon.Start(grainPort: _grainPort);

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Fact, Trait("spec", "WA-21")]
    public async Task The_threshold_decides_the_shape_and_nothing_else_and_is_followed_at_once()
    {
        MakeArchive("wa-1", "old");
        MakeArchive("wa-2", "new");

        Threshold(Changed);
        using var whole = await _daemon.Http.GetAsync(Path);
        Threshold(Changed - 1);
        using var lines = await _daemon.Http.GetAsync(Path);
        Threshold(5);
        var few = await _daemon.Http.GetStringAsync(Path);

        whole.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        lines.Content.Headers.ContentType!.ToString().ShouldBe("application/x-ndjson");
        var text = await lines.Content.ReadAsStringAsync();
        few.ShouldBe(text);
        var rows = text.TrimEnd('\n').Split('\n');
        rows.Length.ShouldBe(Changed + 1);
        var summary = $$"""{"workareaA":"wa-1","workareaB":"wa-2","added":0,"removed":0,"modified":{{Changed}},"total":{{Changed}}}""";
        rows[^1].ShouldBe("{\"summary\":" + summary + "}");
        (await whole.Content.ReadAsStringAsync()).ShouldBe($"{{\"diff\":{{\"summary\":{summary},\"entries\":[{string.Join(',', rows[..^1])}]}}}}\n");
    }

    [Fact]
    public async Task Programs_see_the_same_over_HTTP_and_through_grains()
    {
        MakeArchive("wa-1", "old");
        MakeArchive("wa-2", "new");
        using var client = new DonmaiClient(_daemon.Host.Address.ToString());
        await using var grains = await GrainClient.ConnectAsync(_grainPort);

        var overHttp = await client.Diff("wa-1", "wa-2").ToListAsync();
        var pages = await grains.Grains.GetGrain<IWorkareaGrain>($"{RunningDaemon.Machine}/wa-1").Diff("wa-2").ToListAsync();

        overHttp.Count.ShouldBe(Changed);
        pages.SelectMany(static page => page.Entries).ShouldBe(overHttp);
        pages[^1].Summary.ShouldBe(new WorkareaDiffSummary { WorkareaA = "wa-1", WorkareaB = "wa-2", Modified = Changed, Total = Changed });
        var unknown = await Should.ThrowAsync<WorkareaNotFoundException>(
            async () => await grains.Grains.GetGrain<IWorkareaGrain>($"{RunningDaemon.Machine}/wa-1").Diff("nothing").ToListAsync());
        unknown.WorkareaId.ShouldBe("nothing");
    }

    [Fact, Trait("spec", "WA-25")]
    public async Task A_live_work_area_is_no_archive()
    {
        MakeArchive("wa-1", "old");
        await _daemon.Accept("live");

        foreach (var path in new[] { "/api/daemon/workareas/wa-1/diff/live", "/api/daemon/workareas/live/diff/wa-1", "/api/daemon/workareas/live/diff/live" })
        {
            var (status, json) = await _daemon.Get(path);
            (status, json.GetProperty("workareaId").GetString()).ShouldBe((HttpStatusCode.NotFound, "live"));
        }
    }

    [Fact]
    public async Task A_tree_or_a_manifest_that_cannot_be_used_is_400()
    {
        MakeArchive("wa-1", "old");
        MakeArchive("wa-2", "new");
        Directory.Delete(System.IO.Path.Combine(_daemon.Options.State.Workareas, "wa-2", "tree"), recursive: true);
        MakeArchive("wa-3", "new");
        File.WriteAllText(System.IO.Path.Combine(_daemon.Options.State.Workareas, "wa-3", "manifest.json"), "{");

        foreach (var other in new[] { "wa-2", "wa-3" })
        {
            var (status, json) = await _daemon.Get("/api/daemon/workareas/wa-1/diff/" + other);
            status.ShouldBe(HttpStatusCode.BadRequest);
            json.GetProperty("error").GetString()!.ShouldStartWith("archive corrupted: ");
        }
    }

    [LinuxFact]
    public async Task Work_that_nobody_waits_for_any_more_really_ends()
    {
        var tree = MakeArchive("wa-1", "old");
        MakeArchive("wa-2", "new");
        using (var endless = File.Create(System.IO.Path.Combine(tree, "endless")))
            endless.SetLength(1L << 42); // takes no room, and longer to read than anybody waits
        var atWork = System.IO.Path.Combine(_daemon.Options.State.Workareas, "wa-1", "index.new");
        using (var client = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await client.ConnectAsync(IPAddress.Loopback, _daemon.Host.Address.Port);
            await client.SendAsync(Encoding.ASCII.GetBytes($"GET {Path} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            await Until(() => File.Exists(atWork));
        }

        await Until(() => !File.Exists(atWork));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Deadline);
        while (!condition())
            await Task.Delay(10, limit.Token);
    }

    private void Threshold(int entries)
    {
        var inForce = (ConfigurationInForce)_daemon.Options.Configuration;
        inForce.Replace(inForce.Current with { DiffStreamingThreshold = entries });
    }

    private string MakeArchive(string id, string content)
    {
        var archive = System.IO.Path.Combine(_daemon.Options.State.Workareas, id);
        var tree = Directory.CreateDirectory(System.IO.Path.Combine(archive, "tree")).FullName;
        File.WriteAllText(System.IO.Path.Combine(archive, "manifest.json"), "{}");
        for (var number = 0; number < Changed; number++)
            File.WriteAllText(System.IO.Path.Combine(tree, $"f-{number:0000}"), content);
        return tree;
    }
}
