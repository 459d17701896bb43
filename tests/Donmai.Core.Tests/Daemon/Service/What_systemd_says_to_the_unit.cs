using Donmai.Core.Daemon.Service;

namespace Donmai.Core.Tests.Daemon.Service;

/// <summary>The units as systemd's own parser reads them.</summary>
[Trait("spec", "DR-55")]
public sealed class What_systemd_says_to_the_unit : IDisposable
{
    private readonly SystemBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [SystemdFact]
    public Task Nothing_to_the_one_of_a_user() => IsFine(_bed.Definition(program: Executable("donmai")), "--user");

    [SystemdFact]
    public Task Nothing_to_the_one_of_the_machine() => IsFine(_bed.Definition(ServiceScope.System, Executable("donmai")) with
    {
        Account = new ServiceAccount("root", "/root", 0),
    });

    [SystemdFact]
    public Task Nothing_to_one_that_keeps_sessions() => IsFine(_bed.Definition(program: Executable("donmai")) with { KeepSessions = true }, "--user");

    [SystemdFact]
    public Task Nothing_to_paths_with_everything_a_path_may_have() => IsFine(
        _bed.Definition(program: Executable("a b/100%/$HOME/${x}/dönmai")) with
        {
            ConfigurationPath = _bed.In("c 'd' \"e\" \\f $g %h\ni.yaml"),
            StateHome = "/srv/50% \"state\"",
            Account = _bed.Account with { Home = "/home/anna 100%" },
        },
        "--user");

    [SystemdFact]
    public async Task It_finds_a_program_that_is_not_there()
    {
        var verdict = await Verdict(_bed.Definition(program: _bed.In("nowhere")), "--user");

        verdict.Succeeded.ShouldBeFalse();
        verdict.Said.ShouldContain("is not executable");
    }

    [SystemdFact]
    public async Task Arguments_reach_the_program_as_they_are()
    {
        const string assembly = "/opt/a b/it's $HOME ${x} 100% \\n \"q\".dll";
        var unit = await Shown(_bed.Definition() with { Program = new HostProgram([Executable("dotnet"), assembly]) });

        // A dollar becomes single again only when the program is started. How systemd quotes what it shows differs between its versions.
        static string Bare(string text) => text.Replace("\\", "", StringComparison.Ordinal);
        Bare(unit).ShouldContain(Bare(assembly).Replace("$", "$$", StringComparison.Ordinal));
    }

    private async Task IsFine(ServiceDefinition service, params string[] options)
    {
        var verdict = await Verdict(service, options);

        verdict.Said.ShouldBeEmpty();
        verdict.ExitCode.ShouldBe(0);
    }

    private async Task<ServiceProgramOutcome> Verdict(ServiceDefinition service, params string[] options)
    {
        var unit = _bed.In(SystemdUnit.Name);
        await File.WriteAllTextAsync(unit, SystemdUnit.Compose(service, systemd: 252));
        var runtime = Directory.CreateDirectory(_bed.In("run"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _bed.Environment["XDG_RUNTIME_DIR"] = runtime.FullName;
        _bed.Environment["HOME"] = _bed.Home;
        return await _bed.Programs.Run(SystemdFactAttribute.Program, [.. options, "verify", "--man=no", unit], CancellationToken.None);
    }

    // systemd-analyze prints what a command line became when the log is detailed enough.
    private async Task<string> Shown(ServiceDefinition service)
    {
        _bed.Environment["SYSTEMD_LOG_LEVEL"] = "debug";
        var verdict = await Verdict(service, "--user");
        return verdict.Output + verdict.Error;
    }

    private string Executable(string name)
    {
        var path = _bed.In(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy("/bin/true", path);
        return path;
    }
}
