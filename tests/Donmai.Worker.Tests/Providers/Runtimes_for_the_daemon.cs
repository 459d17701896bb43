using System.Diagnostics;
using Donmai.Core.Daemon;
using Donmai.Core.Providers;
using Donmai.Core.Sessions.Children;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Tests.Providers;

/// <summary>The adapters as routing, the provider routes and the doctor see them, with real programs in the agents' place.</summary>
public sealed class Runtimes_for_the_daemon : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Each_adapter_is_listed_with_what_it_can_do()
    {
        var all = new BundledRuntimes(new StateDirectory(_place.At("state")), TimeProvider.System).All;

        all.Select(static runtime => runtime.Name).ShouldBe(all.Select(static runtime => runtime.Name).Order(StringComparer.Ordinal));
        new[] { "amp", "claude", "codex", "ollama", "opencode", "stub" }.ShouldBeSubsetOf(all.Select(static runtime => runtime.Name));
        all.ShouldAllBe(static runtime => runtime.Capabilities.HumanLabel!.Length > 0 && runtime.Capabilities.SupportsSessionResume != null);
        all.Where(static runtime => runtime.IsOnlyOnRequest).ShouldHaveSingleItem().Name.ShouldBe("stub");
    }

    [Fact]
    public void A_program_that_is_nowhere_says_how_to_get_it()
    {
        Claude().Locate(Surroundings()).Missing!.ShouldContain("npm install -g @anthropic-ai/claude-code");
        Claude().Locate(Surroundings(binary: "/nowhere/claude")).Missing!.ShouldContain("'/nowhere/claude' (providers.claude.binary");
    }

    [Fact]
    public void Another_program_in_its_place_is_noticed()
    {
        Program("echo 2.1.0");
        var before = Claude().Locate(Surroundings());

        Program("echo 2.1.10");

        before.Missing.ShouldBeNull();
        Claude().Locate(Surroundings()).Stamp.ShouldNotBe(before.Stamp);
    }

    [Theory]
    [InlineData("echo '2.1.0 (Claude Code)'", ProviderHealth.Ready, "2.1.0")]
    [InlineData("head -c 100000 /dev/urandom", ProviderHealth.Degraded, "")]
    [InlineData("echo broken >&2; exit 1", ProviderHealth.Unhealthy, "")]
    [InlineData("kill -9 $$", ProviderHealth.Unhealthy, "")]
    public async Task The_program_says_how_it_is(string shell, ProviderHealth health, string version)
    {
        Program(shell);

        var finding = await Claude().Probe(Surroundings(), CancellationToken.None);

        finding.Health.ShouldBe(health, finding.Detail);
        if (health != ProviderHealth.Degraded)
            finding.Version.ShouldBe(version);
        (finding.Detail is null).ShouldBe(health == ProviderHealth.Ready);
    }

    [Fact]
    public async Task A_program_that_hangs_is_given_up_and_leaves_nothing_behind()
    {
        Program($"trap '' TERM; echo $$ > {_place.At("pid")}; while :; do sleep 300; done");
        var clock = Stopwatch.StartNew();

        var finding = await Claude().Probe(Surroundings(), CancellationToken.None);

        finding.Health.ShouldBe(ProviderHealth.Degraded);
        finding.Detail!.ShouldContain("did not end within 1.75 seconds");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        (ProcessTable.Find(int.Parse(await File.ReadAllTextAsync(_place.At("pid")))) is { IsZombie: false }).ShouldBeFalse();
    }

    [Fact]
    public async Task A_program_is_asked_without_the_daemon_s_secrets()
    {
        Program($"env > {_place.At("env")}; echo 1.0");
        var host = new HostEnvironment(new Dictionary<string, string>
        {
            ["PATH"] = $"{_place.At("bin")}:/usr/bin:/bin",
            ["DONMAI_DAEMON_TOKEN"] = "rsp_live_1",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
            ["CLAUDE_CONFIG_DIR"] = "/home/anna/.claude",
        });

        await Claude().Probe(new ProbeSurroundings(host, ProviderSettings.None), CancellationToken.None);

        var environment = await File.ReadAllTextAsync(_place.At("env"));
        environment.ShouldNotContain("rsp_live_1");
        environment.ShouldNotContain("secret");
        environment.ShouldContain("CLAUDE_CONFIG_DIR=/home/anna/.claude");
    }

    private void Program(string shell) => _place.Script("bin/claude", "#!/bin/sh\n" + shell + "\n");

    private IAgentRuntime Claude() =>
        new BundledRuntimes(new StateDirectory(_place.At("state")), TimeProvider.System).All.Single(static runtime => runtime.Name == "claude");

    private ProbeSurroundings Surroundings(string? binary = null) =>
        new(new HostEnvironment(new Dictionary<string, string> { ["PATH"] = $"{_place.At("bin")}:/usr/bin:/bin" }), new ProviderSettings { Binary = binary });
}
