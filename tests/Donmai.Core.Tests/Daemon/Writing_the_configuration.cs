using System.Diagnostics;
using Donmai.Core.Daemon;

namespace Donmai.Core.Tests.Daemon;

public sealed class Writing_the_configuration : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ConfigurationBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact, Trait("spec", "DR-7")]
    public async Task A_new_file_is_for_its_owner_only_and_alone()
    {
        var directory = Path.Combine(_bed.Root, "deep", "er");
        var file = _bed.Open(path: Path.Combine(directory, "daemon.yaml"));
        file.IsNew.ShouldBeTrue();

        await file.Change([]);

        File.GetUnixFileMode(file.Path).ShouldBe(OwnerOnly);
        File.GetUnixFileMode(directory).ShouldBe(OwnerOnly | UnixFileMode.UserExecute);
        Directory.GetFiles(directory).Select(Path.GetFileName).Order().ShouldBe(["daemon.yaml", "daemon.yaml.lock"]);
    }

    [Fact, Trait("spec", "DR-7")]
    public async Task A_file_that_others_could_read_becomes_its_owner_s_alone()
    {
        var file = _bed.Open(ConfigurationBed.Minimal);
        File.SetUnixFileMode(_bed.Path, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await Slots(file, 3);

        File.GetUnixFileMode(_bed.Path).ShouldBe(OwnerOnly);
        Directory.GetFiles(_bed.Root, "*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_generated_file_says_every_default_and_no_secret()
    {
        await _bed.Open().Change([]);

        _bed.Text.ShouldBe($$"""
            apiVersion: rensei.dev/v1
            kind: LocalDaemon
            machine:
              id: build-box-3
              region: local
            capacity:
              maxConcurrentSessions: 4
              maxVCpuPerSession: 4
              maxMemoryMbPerSession: 8192
              reservedForSystem:
                vCpu: 2
                memoryMb: 8192
            orchestrator:
              url: file://{{_bed.Root}}/queue
            autoUpdate:
              channel: stable
              schedule: nightly
              drainTimeoutSeconds: 600
            workarea:
              diffStreamingThreshold: 1000
            trust:
              mode: permissive

            """);
    }

    [Theory, InlineData(false), InlineData(true), Trait("spec", "DR-13")]
    public async Task A_change_that_finds_the_file_gone_writes_what_is_in_force(bool wasReloaded)
    {
        const string Text = ConfigurationBed.Minimal + "# mine\nprojects: [ { id: a, repository: r } ]\n";
        var file = _bed.Open(wasReloaded ? ConfigurationBed.Minimal : Text);
        if (wasReloaded)
        {
            _bed.Text = Text;
            await file.Reload();
        }

        File.Delete(_bed.Path); // an editor, between two steps

        await Slots(file, 3);

        _bed.Text.ShouldStartWith(Text);
        file.InForce.Current.Projects.ShouldHaveSingleItem().Id.ShouldBe("a");
    }

    [Fact, Trait("spec", "DR-8")]
    public async Task What_a_writer_left_that_died_before_the_last_step_does_not_count_and_is_taken_away()
    {
        var left = _bed.Path + ".4711.tmp";
        File.WriteAllText(left, "machine: { id: of-the-dead }");
        var file = _bed.Open(ConfigurationBed.Minimal);
        file.InForce.Current.MachineId.ShouldBe("build-box-3");

        await Slots(file, 3);

        File.Exists(left).ShouldBeFalse();
        _bed.Open().InForce.Current.MachineId.ShouldBe("build-box-3");
    }

    [Fact, Trait("spec", "DR-8")]
    public async Task A_file_that_cannot_be_replaced_stays_as_it_is()
    {
        var file = _bed.Open(ConfigurationBed.Minimal);
        await Slots(file, 3);
        var before = _bed.Text;
        var taken = $"{_bed.Path}.{Environment.ProcessId}.tmp";
        Directory.CreateDirectory(taken); // where the next text would be written first

        var failure = await Should.ThrowAsync<ConfigurationWriteException>(() => Slots(file, 4));

        failure.Message.ShouldContain(_bed.Path);
        _bed.Text.ShouldBe(before);
        file.InForce.Current.MaxConcurrentSessions.ShouldBe(3);
        Directory.Delete(taken);
        await Slots(file, 4);
    }

    [Fact]
    public async Task A_change_to_what_is_already_so_does_not_write()
    {
        var file = _bed.Open(ConfigurationBed.Minimal + "capacity: { maxConcurrentSessions: 3 }\n");
        var written = File.GetLastWriteTimeUtc(_bed.Path);

        await Slots(file, 3);

        File.GetLastWriteTimeUtc(_bed.Path).ShouldBe(written);
    }

    [Fact]
    public async Task What_somebody_else_wrote_meanwhile_is_kept()
    {
        var file = _bed.Open(ConfigurationBed.Minimal);
        _bed.Text += "# by hand\ntrust: { mode: attested }\n";

        await Slots(file, 3);

        _bed.Text.ShouldContain("# by hand\ntrust: { mode: attested }\n");
        file.InForce.Current.Trust.Mode.ShouldBe("attested");
        file.InForce.Current.MaxConcurrentSessions.ShouldBe(3);
    }

    [Fact]
    public async Task Writers_at_the_same_time_lose_nothing()
    {
        var files = new[] { _bed.Open(ConfigurationBed.Minimal), _bed.Open(), _bed.Open() };

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(() => files[i % files.Length].Change(
            [ConfigurationEdit.PutProject(new ProjectConfiguration { Id = $"p{i}", Repository = $"acme/p{i}" })]))));

        _bed.Open().InForce.Current.Projects.Select(static project => project.Id).Order()
            .ShouldBe(Enumerable.Range(0, 30).Select(static i => $"p{i}").Order());
        Directory.GetFiles(_bed.Root, "*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_process_that_writes_is_waited_for()
    {
        var file = _bed.Open(ConfigurationBed.Minimal);
        await Slots(file, 1);
        using var other = Process.Start(new ProcessStartInfo("flock", [_bed.Path + ".lock", "sh", "-c", "echo held; read line; echo 'trust: { mode: attested }' >> \"$0\"", _bed.Path])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        (await other.StandardOutput.ReadLineAsync()).ShouldBe("held");

        var change = Slots(file, 2);
        (await Task.WhenAny(change, Task.Delay(100))).ShouldNotBe(change);
        await other.StandardInput.WriteLineAsync("go");
        await change;

        file.InForce.Current.MaxConcurrentSessions.ShouldBe(2);
        file.InForce.Current.Trust.Mode.ShouldBe("attested");
        await other.WaitForExitAsync();
    }

    [Fact]
    public async Task Waiting_for_another_writer_can_be_given_up()
    {
        var file = _bed.Open(ConfigurationBed.Minimal);
        using var held = new FileStream(_bed.Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using var enough = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Should.ThrowAsync<OperationCanceledException>(() => file.Change([ConfigurationEdit.Set("capacity.maxConcurrentSessions", 2)], enough.Token));

        _bed.Text.ShouldBe(ConfigurationBed.Minimal);
    }

    [Fact]
    public async Task A_link_stays_a_link()
    {
        var target = Path.Combine(_bed.Root, "dotfiles", "donmai.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllText(target, ConfigurationBed.Minimal);
        File.CreateSymbolicLink(_bed.Path, target);

        await Slots(_bed.Open(), 3);

        new FileInfo(_bed.Path).LinkTarget.ShouldBe(target);
        File.ReadAllText(target).ShouldContain("maxConcurrentSessions: 3");
    }

    [Fact]
    public async Task A_directory_in_place_of_the_file_is_refused_and_left()
    {
        var file = _bed.Open();
        Directory.CreateDirectory(_bed.Path);

        (await Should.ThrowAsync<DaemonConfigurationException>(() => Slots(file, 3))).Message.ShouldContain("it is a directory");

        Directory.Exists(_bed.Path).ShouldBeTrue();
    }

    private static Task<DaemonConfiguration> Slots(ConfigurationFile file, int count) =>
        file.Change([ConfigurationEdit.Set("capacity.maxConcurrentSessions", count)]);
}
