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

    [Theory]
    [InlineData("/src/shop", "shop")]
    [InlineData("https://github.com/acme/shop.git", "shop")]
    [InlineData("git@github.com:shop", "shop")]
    public void The_repository_of_the_command_is_allowed(string address, string id)
    {
        var allowed = RunDaemon.Allowing(Configuration(), Request(address));

        allowed.Projects.ShouldHaveSingleItem().Id.ShouldBe(id);
        new ProjectAllowlist(allowed.Projects).Match(address).ShouldNotBeNull().Repository.ShouldBe(address);
    }

    [Fact]
    public void What_is_allowed_already_stays_as_it_is_and_ids_stay_unique()
    {
        var configured = Configuration(new ProjectConfiguration { Id = "shop", Repository = "/src/shop" });

        RunDaemon.Allowing(configured, Request("/src/shop")).Projects.ShouldBe(configured.Projects);
        RunDaemon.Allowing(configured, Request("/other/shop")).Projects.Select(static project => project.Id).ShouldBe(["shop", "shop-2"]);
    }

    [Fact]
    public void The_stub_is_there_only_for_those_who_name_it()
    {
        RunDaemon.Allowing(Configuration(), Request("/src/shop") with { Provider = "stub" }).AllowStub.ShouldBeTrue();
        RunDaemon.Allowing(Configuration(), Request("/src/shop")).AllowStub.ShouldBeFalse();
    }

    private static DaemonConfiguration Configuration(params ProjectConfiguration[] projects) =>
        new() { MachineId = "m", ArchiveRoot = "/a", Projects = projects };

    private static RunRequest Request(string address) => new() { Repository = new() { Address = address }, Prompt = "x" };
}
