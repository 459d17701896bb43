using Donmai.Core.Daemon;

namespace Donmai.Core.Tests.Daemon;

public sealed class Reloading_the_configuration : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(250);

    private readonly ConfigurationBed _bed = new();
    private readonly ManualTime _time = new();
    private readonly SemaphoreSlim _reloads = new(0);
    private ConfigurationWatcher? _watcher;

    public async ValueTask DisposeAsync()
    {
        if (_watcher is not null)
            await _watcher.DisposeAsync();
        _reloads.Dispose();
        _bed.Dispose();
    }

    [Fact, Trait("spec", "DR-13")]
    public async Task Five_events_within_250_ms_cause_one_reload()
    {
        var file = Watch();

        for (var slots = 1; slots <= 5; slots++)
            _bed.Text = ConfigurationBed.Minimal + $"capacity: {{ maxConcurrentSessions: {slots} }}\n";
        await _time.Awaited();
        _time.Advance(Burst - TimeSpan.FromMilliseconds(1));
        _reloads.CurrentCount.ShouldBe(0);
        await Settled();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        (await _reloads.WaitAsync(Deadline)).ShouldBeTrue();

        file.InForce.Current.MaxConcurrentSessions.ShouldBe(5);
        _time.IsAwaited.ShouldBeFalse();
        _reloads.CurrentCount.ShouldBe(0);
    }

    [Fact, Trait("spec", "DR-13")]
    public async Task Other_files_of_the_directory_cause_none()
    {
        Watch();

        File.WriteAllText(_bed.Path + ".swp", "x");
        File.WriteAllText(Path.Combine(_bed.Root, "daemon.jwt"), "x");
        File.Delete(_bed.Path + ".swp");
        await Settled();

        _time.IsAwaited.ShouldBeFalse();
    }

    [Fact, Trait("spec", "DR-13")]
    public async Task An_edit_that_cannot_be_used_changes_nothing()
    {
        var file = Watch();
        var before = file.InForce.Current;

        await Written(ConfigurationBed.Minimal + "capacity: { maxConcurrentSessions: -1 }\ntrust: { mode: x }\n");
        file.InForce.Current.ShouldBeSameAs(before);
        _bed.Lines.Count(static line => line.Contains("cannot be used", StringComparison.Ordinal)).ShouldBe(2);
        _bed.Lines.ShouldContain(static line => line.Contains("line 3: capacity.maxConcurrentSessions", StringComparison.Ordinal));

        await Written("machine: [");
        file.InForce.Current.ShouldBeSameAs(before);

        await Happens(() => File.Delete(_bed.Path));
        file.InForce.Current.ShouldBeSameAs(before);
        _bed.Lines[^1].ShouldContain("is gone");

        await Written(ConfigurationBed.Minimal + "capacity: { maxConcurrentSessions: 2 }\n");
        file.InForce.Current.MaxConcurrentSessions.ShouldBe(2);
    }

    [Fact]
    public async Task A_file_that_takes_the_place_of_the_former_is_seen()
    {
        var file = Watch();
        var other = Path.Combine(_bed.Root, "new");
        File.WriteAllText(other, ConfigurationBed.Minimal + "capacity: { maxConcurrentSessions: 2 }\n");

        await Happens(() => File.Move(other, _bed.Path, overwrite: true));

        file.InForce.Current.MaxConcurrentSessions.ShouldBe(2);
    }

    [Fact]
    public async Task A_link_that_leads_elsewhere_from_now_on_is_followed_there()
    {
        var (first, second) = (Path.Combine(_bed.Root, "one", "a.yaml"), Path.Combine(_bed.Root, "two", "b.yaml"));
        foreach (var target in (string[])[first, second])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, ConfigurationBed.Minimal);
        }

        File.CreateSymbolicLink(_bed.Path, first);
        var file = Watch(text: null);
        await Happens(() => File.WriteAllText(first, ConfigurationBed.Minimal + "capacity: { maxConcurrentSessions: 2 }\n"));
        file.InForce.Current.MaxConcurrentSessions.ShouldBe(2);

        var link = Path.Combine(_bed.Root, "new");
        File.CreateSymbolicLink(link, second);
        await Happens(() => File.Move(link, _bed.Path, overwrite: true));
        await Happens(() => File.WriteAllText(second, ConfigurationBed.Minimal + "capacity: { maxConcurrentSessions: 3 }\n"));

        file.InForce.Current.MaxConcurrentSessions.ShouldBe(3);
    }

    [Fact]
    public async Task What_can_be_applied_is_applied_and_the_rest_is_named()
    {
        var file = Watch(ConfigurationBed.Minimal + "observability: { metricsPort: 9101 }\n");
        var heard = new List<ConfigurationReplacement>();
        using var listening = file.InForce.WhenReplaced(heard.Add);

        await Written("""
            machine: { id: other, region: here }
            orchestrator: { url: "https://other.example", authToken: rsk_live_secret }
            observability: { metricsPort: 9102 }
            capacity: { maxConcurrentSessions: 2, reservedForSystem: { vCpu: 1 } }
            autoUpdate: { channel: beta, schedule: manual, drainTimeoutSeconds: 5 }
            trust: { mode: attested }
            projects: [ { id: a, repository: r } ]
            session: { stopGraceSeconds: 3 }
            providers: { allowStub: true }
            """);

        var current = file.InForce.Current;
        (current.MachineId, current.Observability.MetricsPort).ShouldBe(("build-box-3", 9101));
        (current.OrchestratorUrl, current.AuthToken).ShouldBe(("https://other.example", "rsk_live_secret"));
        (current.Region, current.MaxConcurrentSessions, current.ReservedVCpu, current.Trust.Mode, current.StopGraceSeconds, current.AllowStub).ShouldBe(("here", 2, 1, "attested", 3, true));
        (current.Update.Channel, current.Update.Schedule, current.Update.DrainTimeout).ShouldBe(("beta", "manual", TimeSpan.FromSeconds(5)));
        current.Projects.ShouldHaveSingleItem().Id.ShouldBe("a");
        heard.ShouldHaveSingleItem().Current.ShouldBeSameAs(current);
        _bed.Lines.ShouldContain(static line => line.EndsWith(
            "in force: autoUpdate.channel, autoUpdate.drainTimeoutSeconds, autoUpdate.schedule, capacity.maxConcurrentSessions, capacity.reservedForSystem.vCpu, "
            + "machine.region, orchestrator.authToken, orchestrator.url, projects[0].id, projects[0].repository, providers.allowStub, session.stopGraceSeconds, trust.mode",
            StringComparison.Ordinal));
        _bed.Lines.ShouldContain(static line => line.EndsWith("follows: machine.id, observability.metricsPort", StringComparison.Ordinal));
        _bed.Lines.ShouldNotContain(static line => line.Contains("rsk_live_secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_daemon_s_own_change_is_in_force_at_once_and_its_reload_changes_nothing()
    {
        var file = Watch();
        var heard = new List<ConfigurationReplacement>();
        using var listening = file.InForce.WhenReplaced(heard.Add);

        await Happens(() => file.Change([ConfigurationEdit.Set("capacity.maxConcurrentSessions", 2)]).GetAwaiter().GetResult());

        heard.ShouldHaveSingleItem().Current.MaxConcurrentSessions.ShouldBe(2);
    }

    [Fact]
    public void Who_leaves_hears_no_more()
    {
        var configuration = new ConfigurationInForce(new DaemonConfiguration { MachineId = "m", ArchiveRoot = "/a" }, static read => read with { AllowStub = true });
        var heard = 0;
        var first = configuration.WhenReplaced(_ => heard++);
        using var second = configuration.WhenReplaced(_ => heard++);
        first.Dispose();

        configuration.Replace(configuration.Current with { AllowStub = false });

        heard.ShouldBe(1);
        configuration.Current.AllowStub.ShouldBeTrue();
    }

    private ConfigurationFile Watch(string? text = ConfigurationBed.Minimal)
    {
        var file = _bed.Open(text);
        _watcher = new ConfigurationWatcher(
            file.Path,
            async () =>
            {
                await file.Reload();
                _reloads.Release();
            },
            _time,
            _bed);
        return file;
    }

    private Task Written(string text) => Happens(() => _bed.Text = text);

    private async Task Happens(Action change)
    {
        change();
        await _time.Awaited();
        await Settled();
        _time.Advance(Burst);
        (await _reloads.WaitAsync(Deadline)).ShouldBeTrue();
    }

    /// <summary>Completes when the system has told of everything that happened so far: a file that is made now is told of last.</summary>
    private async Task Settled()
    {
        var mark = Path.Combine(_bed.Root, $"mark-{Guid.NewGuid():N}");
        using var watcher = new FileSystemWatcher(_bed.Root, Path.GetFileName(mark)) { EnableRaisingEvents = true };
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Created += (_, _) => seen.TrySetResult();
        File.WriteAllText(mark, "");
        await seen.Task.WaitAsync(Deadline);
    }
}
