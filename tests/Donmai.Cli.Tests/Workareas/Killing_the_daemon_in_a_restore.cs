using Donmai.Client;
using Donmai.Workareas;

namespace Donmai.Cli.Tests.Workareas;

/// <summary>The real program, killed while it restores.</summary>
public sealed class Killing_the_daemon_in_a_restore : IDisposable
{
    private const int Files = 8_000;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _home = new();

    [Fact]
    public async Task Nothing_half_is_left_after_the_next_start()
    {
        MakeArchive();
        var (restored, socket) = (_home.File("state/workareas-restored"), "unix:" + _home.File("state/daemon.sock"));
        await using (var first = Start())
        {
            await first.Prints("[daemon] http listening on");
            using var client = new DonmaiClient(socket);
            await Ready(client);
            var restore = client.Restore("wa-1");
            await Begun(restored);

            first.Signal("KILL");

            await first.Ended();
            await Should.ThrowAsync<DonmaiClientException>(restore);
        }

        Directory.GetFileSystemEntries(restored).ShouldHaveSingleItem().ShouldEndWith(".partial");
        await using var second = Start();
        await second.Prints("[daemon] http listening on");
        using var again = new DonmaiClient(socket);
        var list = await Ready(again);

        list.Active.ShouldBeEmpty();
        list.Archived.ShouldHaveSingleItem();
        Directory.GetFileSystemEntries(restored).ShouldBeEmpty();
        Directory.EnumerateFiles((await again.Restore("wa-1")).Path!, "*", SearchOption.AllDirectories).Count().ShouldBe(Files);
    }

    public void Dispose() => _home.Dispose();

    private DonmaiProcess Start() => DonmaiProcess.Start(_home, "daemon", "run", "--port", "0", "--grain-port", "0", "--silo-port", "0");

    private void MakeArchive()
    {
        var archive = _home.File("state/workareas/wa-1");
        for (var directory = 0; directory < Files / 500; directory++)
        {
            var path = Directory.CreateDirectory(Path.Join(archive, "tree", $"{directory}")).FullName;
            for (var file = 0; file < 500; file++)
                File.WriteAllText(Path.Join(path, $"{file}"), "x");
        }

        File.WriteAllText(Path.Join(archive, "manifest.json"), "{}");
    }

    // A daemon listens before it knows its grains.
    private static async Task<WorkareaList> Ready(DonmaiClient client)
    {
        using var limit = new CancellationTokenSource(Deadline);
        while (true)
            try
            {
                return await client.Workareas(limit.Token);
            }
            catch (UnavailableException)
            {
                await Task.Delay(20, limit.Token);
            }
    }

    private static async Task Begun(string restored)
    {
        using var limit = new CancellationTokenSource(Deadline);
        while (!Directory.Exists(restored) || !Directory.EnumerateFiles(restored, "*", SearchOption.AllDirectories).Any())
            await Task.Delay(1, limit.Token);
    }
}
