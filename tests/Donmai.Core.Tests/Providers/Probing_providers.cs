using Donmai.Core.Daemon;
using Donmai.Core.Providers;
using Donmai.Core.Sessions.Children;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Core.Tests.Providers;

public sealed class Probing_providers
{
    private readonly FakeRuntime _claude = new("claude");
    private readonly ConfigurationInForce _configuration = new(new DaemonConfiguration { MachineId = "m", ArchiveRoot = "/a" });

    [Theory]
    [InlineData("2.1.0 (Claude Code)\n", ProviderHealth.Ready, "2.1.0")]
    [InlineData("git version 2.39.5\n", ProviderHealth.Ready, "2.39.5")]
    [InlineData("v1.0.0-beta.2\n", ProviderHealth.Ready, "1.0.0-beta.2")]
    [InlineData("\u001b[31m<html>not here</html>\u0007", ProviderHealth.Degraded, "")]
    [InlineData("", ProviderHealth.Degraded, "")]
    public void The_answer_is_searched_for_a_version(string output, ProviderHealth health, string version)
    {
        var finding = ProgramVersion.From("/bin/claude", new ProgramAnswer { Exit = new ChildExit(0, null), Output = output });

        (finding.Health, finding.Version).ShouldBe((health, version));
        (finding.Detail ?? "").Any(char.IsControl).ShouldBeFalse();
    }

    [Fact]
    public void A_program_that_fails_is_unhealthy_and_one_that_is_silent_is_used_nevertheless()
    {
        var failed = ProgramVersion.From("/bin/claude", new ProgramAnswer { Exit = new ChildExit(1, null), Output = "2.1.0" });
        var silent = ProgramVersion.From("/bin/claude", new ProgramAnswer());
        var refused = ProgramVersion.From("/bin/claude", new ProgramAnswer { Refusal = "it could not be started." });

        (failed.Health, failed.IsUsable).ShouldBe((ProviderHealth.Unhealthy, false));
        failed.Detail!.ShouldContain("exit code 1");
        (silent.Health, silent.IsUsable).ShouldBe((ProviderHealth.Degraded, true));
        (refused.Health, refused.IsUsable).ShouldBe((ProviderHealth.Unhealthy, false));
    }

    [Fact]
    public async Task What_was_found_holds_until_the_program_changes()
    {
        var probes = Probes();
        await probes.Look(_claude, refresh: false);
        await probes.Look(_claude, refresh: false);
        _claude.Probes.ShouldBe(1);

        _claude.Place = new ProviderPlace("2");
        await probes.Look(_claude, refresh: false);
        _claude.Probes.ShouldBe(2);

        await probes.Look(_claude, refresh: true);
        _claude.Probes.ShouldBe(3);
    }

    [Fact]
    public async Task Many_who_ask_at_once_ask_once()
    {
        var answer = new TaskCompletionSource<ProviderFinding>(TaskCreationOptions.RunContinuationsAsynchronously);
        _claude.Answer = _ => answer.Task;
        var probes = Probes();

        var asking = Enumerable.Range(0, 20).Select(_ => probes.Look(_claude, refresh: true)).ToList();
        answer.SetResult(new ProviderFinding(ProviderHealth.Ready, "1.0"));
        await Task.WhenAll(asking);

        _claude.Probes.ShouldBe(1);
    }

    [Fact]
    public async Task A_configured_program_is_passed_on()
    {
        _configuration.Replace(_configuration.Current with { Providers = new Dictionary<string, ProviderSettings> { ["claude"] = new() { Binary = "/opt/claude" } } });

        await Probes().Look(_claude, refresh: false);

        _claude.Seen!.Settings.Binary.ShouldBe("/opt/claude");
    }

    [Fact]
    public async Task A_probe_that_breaks_is_a_finding()
    {
        _claude.Answer = static _ => throw new InvalidOperationException("unforeseen");

        var finding = await Probes().Look(_claude, refresh: false);

        finding.Health.ShouldBe(ProviderHealth.Unhealthy);
        finding.Detail!.ShouldContain("unforeseen");
    }

    [Fact]
    public async Task What_is_not_there_is_not_asked()
    {
        _claude.Place = new ProviderPlace("", "not installed");

        (await Probes().Look(_claude, refresh: true)).ShouldBe(new ProviderFinding(ProviderHealth.Inactive, Detail: "not installed"));

        _claude.Probes.ShouldBe(0);
    }

    private ProviderProbes Probes() => new(
        _configuration, new HostEnvironment(new Dictionary<string, string>()), TimeProvider.System, NullLogger<ProviderProbes>.Instance);
}
