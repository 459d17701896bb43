using System.Text.Json;
using Donmai.Cli.Sessions;
using Donmai.Core.Daemon;
using Donmai.Sessions;

namespace Donmai.Cli.Tests.Sessions;

/// <summary><c>donmai run</c> without a daemon: the real program, the scripted stub.</summary>
public sealed class Hosting_a_daemon : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_session_runs_to_its_end_and_its_daemon_is_gone_with_the_command()
    {
        var repository = GitRepository.Create(_home.File("shop"));
        await using var run = DonmaiProcess.Start(_home, "run", "--repo", repository, "--provider", "stub", "--prompt", "say hello", "--json");

        var outcome = await run.Ended();

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        var session = JsonSerializer.Deserialize(outcome.Output, ControlApiJson.Default.SessionInspection)!;
        session.State.ShouldBe(SessionState.Completed);
        Directory.Exists(session.ArchivePath).ShouldBeTrue();
        await using var next = DonmaiProcess.Start(_home, "run", "--repo", repository, "--provider", "stub", "--prompt", "again");
        (await next.Ended()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_second_command_uses_the_daemon_of_the_first_for_a_repository_of_its_own()
    {
        await using var first = DonmaiProcess.StartWithStub(
            "hang-then-timeout", _home, "run", "--repo", GitRepository.Create(_home.File("shop")), "--provider", "stub", "--prompt", "one");
        await first.Prints("* starting");

        await using var second = DonmaiProcess.Start(_home, "run", "--repo", GitRepository.Create(_home.File("bank")), "--provider", "stub", "--prompt", "two");
        await second.Prints("session run-");
        first.Signal("INT");
        await second.Prints("* starting");
        second.Signal("INT");

        var (one, two) = (await first.Ended(), await second.Ended());
        one.ExitCode.ShouldBe(5, one.ToString());
        two.ExitCode.ShouldBe(5, two.ToString());
    }

    [Fact]
    public async Task Other_commands_find_the_hosted_daemon()
    {
        await using var run = DonmaiProcess.StartWithStub(
            "hang-then-timeout", _home, "run", "--repo", GitRepository.Create(_home.File("shop")), "--provider", "stub", "--prompt", "one");
        await run.Prints("* starting");

        await using var list = DonmaiProcess.Start(_home, "session", "list", "--json");
        var listed = await list.Ended();
        var session = JsonSerializer.Deserialize(listed.Output, ControlApiJson.Default.ListSessionHandle).ShouldNotBeNull(listed.ToString()).ShouldHaveSingleItem();
        await using var stop = DonmaiProcess.Start(_home, "session", "stop", session.SessionId);

        (await stop.Ended()).ExitCode.ShouldBe(0);
        (await run.Ended()).ExitCode.ShouldBe(5);
    }

    [Fact]
    public void Any_repository_a_command_names_is_allowed_and_there_is_room_for_more_than_one()
    {
        var serving = RunDaemon.Serving(Configuration(), Request("/src/shop"));

        serving.AllowAnyRepository.ShouldBeTrue();
        serving.MaxConcurrentSessions.ShouldBe(8);
        RunDaemon.Serving(Configuration() with { MaxConcurrentSessions = 1 }, Request("/src/shop")).MaxConcurrentSessions.ShouldBe(4);
    }

    [Fact]
    public void The_stub_is_there_only_for_those_who_name_it()
    {
        RunDaemon.Serving(Configuration(), Request("/src/shop") with { Provider = "stub" }).AllowStub.ShouldBeTrue();
        RunDaemon.Serving(Configuration(), Request("/src/shop")).AllowStub.ShouldBeFalse();
    }

    private static DaemonConfiguration Configuration(params ProjectConfiguration[] projects) =>
        new() { MachineId = "m", ArchiveRoot = "/a", Projects = projects };

    private static RunRequest Request(string address) => new() { Repository = new() { Address = address }, Prompt = "x" };
}
