using Donmai.Core.Providers;
using Donmai.Grains.Tests.Machines;

namespace Donmai.Grains.Tests.Daemon;

public sealed class Looking_at_the_machine
{
    [Fact, Trait("spec", "CA-17")]
    public async Task Capabilities_are_empty_before_the_start_and_the_unconditional_ones_are_there_after_it()
    {
        await using var machine = await TestMachine.Booted();
        (await machine.Daemon.Capabilities()).Provides.ShouldBeEmpty();

        await machine.Daemon.Start();

        var kinds = (await machine.Daemon.Capabilities()).Provides.ConvertAll(static capability => capability.Kind);
        kinds.Except(["npm", "python-pip"]).ShouldBe(["native", "http", "host-binary", "workarea", "mcp-server"]);
    }

    [Fact, Trait("spec", "CA-20")]
    public async Task The_doctor_says_what_the_status_says_and_looks_at_everything_in_order()
    {
        await using var machine = await TestMachine.Running();
        machine.Runtimes.All = [new FakeRuntime("claude", static () => Task.FromResult(new ProviderFinding(ProviderHealth.Ready, "2.1.0")))];

        var report = await machine.Daemon.Doctor().InTime();

        report.State.ShouldBe("running");
        report.Version.ShouldBe((await machine.Daemon.Status()).Version);
        report.MachineId.ShouldBe(TestMachine.Name);
        report.ConfigLoaded.ShouldBeTrue();
        report.ProjectCount.ShouldBe(1);
        report.Checks.ConvertAll(static check => check.Name).ShouldBe(["config", "orchestrator", "credentials", "disk", "kits", "workareas", "git"]);
        report.HostChecks.ConvertAll(static check => check.Name).ShouldBe(["providers", "worker", "limits", "clock", "last-exit"]);
        report.Checks.Concat(report.HostChecks).ShouldAllBe(static check => check.Detail.Length > 0);
    }

    [Fact]
    public async Task A_runtime_that_does_not_answer_is_a_failed_check_and_not_a_failed_request()
    {
        await using var machine = await TestMachine.Running();
        machine.Runtimes.All = [new FakeRuntime("claude", static () => new TaskCompletionSource<ProviderFinding>().Task)];

        var report = await machine.Daemon.Doctor().InTime();

        var providers = report.HostChecks.Find(static check => check.Name == "providers")!;
        providers.Ok.ShouldBeFalse();
        providers.Detail.ShouldContain("2 seconds");
    }
}
