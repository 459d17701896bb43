using System.Text.Json;
using Donmai.Daemon;

namespace Donmai.Cli.Tests.Daemon;

/// <summary>The real program on a machine on which no daemon runs.</summary>
public sealed class The_doctor_without_a_daemon : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task It_looks_itself_and_says_so()
    {
        var outcome = await Doctor(Environment.GetEnvironmentVariable("PATH")!);

        outcome.Output.ShouldStartWith("No daemon runs.", Case.Sensitive, outcome.ToString());
        foreach (var name in (string[])["config", "orchestrator", "credentials", "disk", "kits", "workareas", "git", "providers", "worker", "limits", "clock", "port", "service", "service-path"])
            outcome.Output.ShouldContain($" {name} ");
        outcome.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_broken_configuration_is_a_finding_with_its_line()
    {
        var path = Path.Combine(Directory.CreateDirectory(_home.File("state")).FullName, "daemon.yaml");
        await File.WriteAllTextAsync(path, "machine:\n  id: m\ncapacity: { maxConcurrentSessions: -1 }\norchestrator: { url: 'file:///q' }\n");

        var report = await Report(Program("elsewhere"));

        var config = report.Checks.Find(static check => check.Name == "config")!;
        config.Ok.ShouldBeFalse();
        config.Detail.ShouldContain("line 3");
        report.ConfigLoaded.ShouldBeFalse();
    }

    [Fact]
    public async Task A_program_that_only_this_shell_finds_is_a_finding()
    {
        var report = await Report(Program("bin"));

        var path = report.HostChecks.Find(static check => check.Name == "service-path")!;
        path.Ok.ShouldBeFalse();
        path.Detail.ShouldStartWith("claude is on the PATH of this shell");
        path.Detail.ShouldContain("providers.claude.binary");
    }

    [Fact]
    public async Task Programs_are_looked_for_where_a_service_looks()
    {
        Program(".local/bin");

        var outcome = await Doctor(Environment.GetEnvironmentVariable("PATH")!);

        outcome.Output.ShouldContain(
            "ok   providers      claude 2.1.0 is ready; not there: amp, codex, gemini, ollama, opencode ('donmai provider probe' says what to do)");
    }

    /// <summary>Installs an agent program; a name says where below the home directory.</summary>
    private string Program(string directory)
    {
        var bin = Directory.CreateDirectory(_home.File(directory)).FullName;
        var claude = Path.Combine(bin, "claude");
        ProgramOnDisk.Write(claude, "#!/bin/sh\necho 2.1.0\n");
        return $"{bin}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    private async Task<DoctorReport> Report(string searchPath)
    {
        var outcome = await Doctor(searchPath, "--json");
        outcome.ExitCode.ShouldBe(1, outcome.ToString());
        return JsonSerializer.Deserialize(outcome.Output, ControlApiJson.Default.DoctorReport)!;
    }

    private async Task<CommandOutcome> Doctor(string searchPath, params string[] options)
    {
        await using var doctor = DonmaiProcess.StartIn(
            _home, new Dictionary<string, string?> { ["PATH"] = searchPath }, ["daemon", "doctor", .. options]);
        return await doctor.Ended();
    }
}
