using Donmai.Core.Daemon;

namespace Donmai.Core.Tests.Daemon;

public sealed class Taking_over_the_former_state : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("donmai-former-");
    private readonly List<string> _told = [];

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void A_first_start_copies_what_counts_and_leaves_the_former_as_it_is()
    {
        Former();

        Start().Root.ShouldBe(In(".donmai"));

        _told.ShouldHaveSingleItem().ShouldBe($"{In(".rensei")} {In(".donmai")}");
        File.ReadAllText(In(".donmai/daemon.yaml")).ShouldBe("machine: { id: m }");
        File.ReadAllText(In(".donmai/daemon.jwt")).ShouldBe("{}");
        File.ReadAllText(In(".donmai/kits/a.kit.toml")).ShouldBe("[kit]");
        File.ReadAllText(In(".donmai/worktrees/s1/file")).ShouldBe("work");
        new FileInfo(In(".donmai/worktrees/s1/link")).LinkTarget.ShouldBe("file");
        File.ReadAllText(In(".donmai/.migrated-from")).ShouldBe(In(".rensei") + "\n");
        Directory.Exists(In(".donmai/workareas")).ShouldBeFalse();
        Directory.Exists(In(".rensei/workareas")).ShouldBeTrue();
        File.Exists(In(".rensei/daemon.yaml")).ShouldBeTrue();
        File.GetUnixFileMode(In(".donmai")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.GetUnixFileMode(In(".donmai/daemon.yaml")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _home.EnumerateFileSystemInfos().Select(static entry => entry.Name).Order().ShouldBe([".donmai", ".rensei"]);
    }

    [Fact]
    public void It_happens_once()
    {
        Former();
        Start();
        File.WriteAllText(In(".rensei/daemon.yaml"), "changed");

        Start();

        _told.Count.ShouldBe(1);
        File.ReadAllText(In(".donmai/daemon.yaml")).ShouldBe("machine: { id: m }");
    }

    [Fact]
    public void What_an_interrupted_attempt_left_does_not_count()
    {
        Former();
        Directory.CreateDirectory(In(".donmai.migrating/worktrees/half"));
        File.WriteAllText(In(".donmai.migrating/daemon.yaml"), "ha");

        Start();

        File.ReadAllText(In(".donmai/daemon.yaml")).ShouldBe("machine: { id: m }");
        Directory.Exists(In(".donmai/worktrees/half")).ShouldBeFalse();
    }

    [Fact]
    public void A_copy_that_fails_leaves_no_directory_behind_that_hides_the_former()
    {
        Former();
        File.WriteAllText(In(".donmai.migrating"), "in the way");

        Should.Throw<StateDirectoryException>(Start).Message.ShouldContain(In(".rensei"));

        Directory.Exists(In(".donmai")).ShouldBeFalse();
        new StateDirectoryResolver(_home.FullName, null).Resolve().Root.ShouldBe(In(".rensei"));
    }

    [Fact]
    public void Nothing_is_taken_over_without_a_former_state_or_for_a_directory_that_was_named()
    {
        Start().Root.ShouldBe(In(".donmai"));
        Former();
        new StateDirectoryResolver(_home.FullName, In("own")).ResolveForDaemon(Told).Root.ShouldBe(In("own"));

        _told.ShouldBeEmpty();
        Directory.Exists(In(".donmai")).ShouldBeFalse();
    }

    [Fact, Trait("spec", "DR-14")]
    public void A_machine_keeps_its_id_when_its_host_name_changes()
    {
        var state = new StateDirectory(_home.FullName);
        GeneratedConfiguration.For(new HostFacts("Build-Box-3", 2), state).MachineId.ShouldBe("build-box-3");

        MachineIdentity.Remember(state, "build-box-3", "Build-Box-3");

        GeneratedConfiguration.For(new HostFacts("dhcp-17", 2), state).MachineId.ShouldBe("build-box-3");
        MachineIdentity.Read(state).ShouldBe(new MachineIdentity("build-box-3", "Build-Box-3"));
        File.GetUnixFileMode(state.MachineRecord).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        MachineIdentity.Remember(state, "other", "dhcp-17");
        MachineIdentity.Read(state)!.Id.ShouldBe("other");
        File.WriteAllText(state.MachineRecord, "{");
        MachineIdentity.Read(state).ShouldBeNull();
    }

    private void Former()
    {
        Directory.CreateDirectory(In(".rensei/worktrees/s1"));
        Directory.CreateDirectory(In(".rensei/kits"));
        Directory.CreateDirectory(In(".rensei/workareas/wa-1"));
        File.WriteAllText(In(".rensei/daemon.yaml"), "machine: { id: m }");
        File.WriteAllText(In(".rensei/daemon.jwt"), "{}");
        File.WriteAllText(In(".rensei/kits/a.kit.toml"), "[kit]");
        File.WriteAllText(In(".rensei/worktrees/s1/file"), "work");
        File.CreateSymbolicLink(In(".rensei/worktrees/s1/link"), "file");
    }

    private StateDirectory Start() => new StateDirectoryResolver(_home.FullName, null).ResolveForDaemon(Told);

    private void Told(string former, string present) => _told.Add($"{former} {present}");

    private string In(string name) => Path.Combine(_home.FullName, name);
}
