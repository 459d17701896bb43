using System.Text.Json;

namespace Donmai.EndToEnd.Tests.Sessions;

/// <summary><c>donmai run</c>, the main job of the command line.</summary>
public sealed class The_run_command : IDisposable
{
    private readonly Installation _installation = new();
    private readonly FakeClaude _claude;
    private readonly GitRepository _repository;

    public The_run_command()
    {
        _claude = new FakeClaude(_installation);
        _repository = GitRepository.Create(Path.Combine(_installation.Directory, "shop"), files: 300);
    }

    public void Dispose() => _installation.Dispose();

    [Fact]
    public async Task It_hosts_a_daemon_shows_progress_and_ends_with_the_result()
    {
        var outcome = await _installation.Run("run", "--repo", _repository.Path, "--prompt", "Edit two files, please.");

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldContain("I will edit two files.");
        outcome.Output.ShouldContain("Edit");
        outcome.Output.ShouldContain("completed");
        outcome.Output.ShouldContain("src/part-01/file-001.txt");
        outcome.Output.ShouldContain("0.21");
        outcome.Output.ShouldContain(Path.Combine(_installation.State, "workareas"));
        outcome.Output.ShouldNotContain("\u001b[", Case.Sensitive, "no terminal, no colours");
        _claude.Prompt.ShouldContain("Edit two files, please.");
    }

    [Fact]
    public async Task For_programs_it_prints_one_JSON_object()
    {
        var outcome = await _installation.Run("run", "--repo", _repository.Path, "--prompt", "Edit two files, please.", "--json");

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        using var document = JsonDocument.Parse(outcome.Output);
        var session = document.RootElement;
        session.GetProperty("state").GetString().ShouldBe("completed");
        session.GetProperty("result").GetProperty("cost").GetProperty("totalCostUsd").GetDouble().ShouldBe(0.2143);
        session.GetProperty("result").GetProperty("changes").GetProperty("files").GetArrayLength().ShouldBe(2);
        Directory.Exists(session.GetProperty("archivePath").GetString()).ShouldBeTrue();
    }

    [Fact]
    public async Task Interrupting_it_stops_the_session_and_keeps_its_tree()
    {
        _claude.PauseInTheMiddle();
        await using var run = _installation.Start("run", "--repo", _repository.Path, "--prompt", "Edit two files, please.");
        await run.LineWith("I will edit two files.");
        await RunningDaemon.Until(() => Task.FromResult(_claude.IsPaused), "the agent to be at work");

        run.Signal("INT");
        var outcome = await run.Ended();

        outcome.ExitCode.ShouldBe(5, outcome.ToString());
        Directory.GetDirectories(Path.Combine(_installation.State, "workareas"), "wa-*").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task It_uses_the_daemon_that_runs()
    {
        _installation.Configure(capacity: 2, ("shop", _repository.Path));
        await using var daemon = await RunningDaemon.Start(_installation);
        _installation.Environment["DONMAI_DAEMON_URL"] = daemon.Address.ToString();

        var outcome = await _installation.Run("run", "--repo", _repository.Path, "--prompt", "Edit two files, please.", "--json");

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        using var document = JsonDocument.Parse(outcome.Output);
        (await daemon.Inspect(document.RootElement.GetProperty("sessionId").GetString()!)).State.ToString().ShouldBe("Completed");
    }

    [Fact]
    public async Task The_scripted_stub_needs_no_agent_at_all()
    {
        var outcome = await _installation.Run("run", "--repo", _repository.Path, "--provider", "stub", "--prompt", "say hello");

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldContain("completed");
    }
}
