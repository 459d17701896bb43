using System.Text.Json;

namespace Donmai.EndToEnd.Tests.Daemon;

/// <summary>A copy of the built program, installed as a directory per version with a link to the present one (docs/updates.md).</summary>
public sealed class Updating_the_program : IDisposable
{
    private readonly Installation _installation = new();
    private readonly string _root;

    public Updating_the_program()
    {
        _root = Path.Combine(_installation.Directory, "opt");
        Install("0.1.0");
        Directory.CreateSymbolicLink(Path.Combine(_root, "current"), "0.1.0");
    }

    private string Program => Path.Combine(_root, "current", "donmai");

    public void Dispose() => _installation.Dispose();

    [Fact]
    public async Task A_new_version_that_did_not_run_twice_takes_itself_back_and_asks_to_be_started_again()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root, "current.prev"), "0.0.9");
        Directory.CreateDirectory(Path.Combine(_root, "0.0.9"));
        Directory.CreateDirectory(_installation.State, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var now = DateTimeOffset.UtcNow;
        await File.WriteAllTextAsync(Record, JsonSerializer.Serialize(new
        {
            running = await Version(),
            pending = new { version = await Version(), previous = "0.0.9", location = Path.Combine(_root, "current"), installedAt = now, starts = new[] { now, now } },
        }));

        await using var daemon = Run();
        var outcome = await daemon.Ended();

        outcome.ExitCode.ShouldBe(3, outcome.ToString());
        outcome.Error.ShouldContain("the former version was put back");
        new DirectoryInfo(Path.Combine(_root, "current")).LinkTarget.ShouldBe("0.0.9");
    }

    [Fact]
    public async Task A_version_that_runs_is_remembered_as_such()
    {
        await using var daemon = Run();

        await daemon.LineWith("Started; the control API is");

        var record = JsonDocument.Parse(await File.ReadAllTextAsync(Record)).RootElement;
        record.GetProperty("running").GetString().ShouldBe(await Version());
        record.TryGetProperty("pending", out _).ShouldBeFalse();
    }

    private string Record => Path.Combine(_installation.State, "update.json");

    private RunningProgram Run() => RunningProgram.Start(
        Program, ["daemon", "run", "--port", "0", "--silo-port", "0", "--grain-port", "0"], _installation.Environment, _installation.Directory);

    /// <summary>What the program says that it is.</summary>
    private async Task<string> Version()
    {
        await using var program = RunningProgram.Start(Program, ["--version"], _installation.Environment, _installation.Directory);
        return (await program.Ended()).Output.Split(' ')[1];
    }

    private void Install(string version)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_root, version)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Installation.Donmai)!))
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
    }
}
