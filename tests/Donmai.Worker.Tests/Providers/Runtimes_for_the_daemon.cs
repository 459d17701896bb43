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
    private readonly ConfigurationInForce _configuration = new(new DaemonConfiguration { MachineId = "m", ArchiveRoot = "/a" });

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Each_adapter_is_listed_with_what_it_can_do()
    {
        var all = Runtimes();

        all.Select(static runtime => runtime.Name).ShouldBe(all.Select(static runtime => runtime.Name).Order(StringComparer.Ordinal));
        all.Select(static runtime => runtime.Name).ShouldBe(["amp", "claude", "codex", "gemini", "ollama", "opencode", "stub"]);
        all.Select(static runtime => runtime.Name).ShouldBe(GenericAgent.ReservedIds);
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

    [Fact]
    public async Task A_described_provider_is_listed_with_what_it_can_do_and_follows_the_configuration()
    {
        _place.Script("bin/aider", "#!/bin/sh\n[ \"$1\" = --ver ] && echo aider 0.86.1 && env > \"$(dirname \"$0\")/env\"\n");
        var agent = new GenericAgent { Command = "aider", Label = "Aider", ResumeArguments = ["--resume", "{sessionId}"], VersionArguments = ["--ver"], Environment = ["OPENAI_*"] };
        var runtimes = new BundledRuntimes(new StateDirectory(_place.At("state")), TimeProvider.System, Host(), _configuration);
        runtimes.All.Select(static runtime => runtime.Name).ShouldNotContain("aider");

        var settings = new ProviderSettings { Generic = agent };
        _configuration.Replace(_configuration.Current with { Providers = new Dictionary<string, ProviderSettings> { ["aider"] = settings } });

        var aider = runtimes.All[0];
        (aider.Name, aider.Source, aider.Capabilities.HumanLabel, aider.Capabilities.SupportsSessionResume, aider.Capabilities.SupportsReasoningEffort)
            .ShouldBe(("aider", "local", "Aider", true, false));
        (await aider.Probe(new ProbeSurroundings(Host(("OPENAI_API_KEY", "k"), ("OTHER_KEY", "o")), settings), CancellationToken.None))
            .ShouldBe(new ProviderFinding(ProviderHealth.Ready, "0.86.1"));
        var environment = await File.ReadAllTextAsync(_place.At("bin", "env"));
        environment.ShouldContain("OPENAI_API_KEY=k");
        environment.ShouldNotContain("OTHER_KEY");
        aider.Locate(new ProbeSurroundings(new HostEnvironment(new Dictionary<string, string>()), settings)).Missing!
            .ShouldBe("the program 'aider' (providers.aider.command of daemon.yaml) is not on PATH; install it, or name it there with its whole path");
    }

    [Fact]
    public void Gemini_can_do_what_its_program_can_or_only_write_text()
    {
        IAgentRuntime Gemini(params (string, string)[] variables) =>
            new BundledRuntimes(new StateDirectory(_place.At("state")), TimeProvider.System, Host(variables), _configuration).All.Single(static runtime => runtime.Name == "gemini");

        Gemini(("GEMINI_API_KEY", "k")).Capabilities.CanModifyWorkspace.ShouldBeFalse();
        _place.Script("bin/gemini", "#!/bin/sh\n");
        Gemini().Capabilities.CanModifyWorkspace.ShouldBeTrue();
    }

    private HostEnvironment Host(params (string Name, string Value)[] variables) => new(variables
        .Append((Name: "PATH", Value: $"{_place.At("bin")}:/usr/bin:/bin"))
        .ToDictionary(static variable => variable.Name, static variable => variable.Value));

    private IReadOnlyList<IAgentRuntime> Runtimes() => new BundledRuntimes(new StateDirectory(_place.At("state")), TimeProvider.System, Host(), _configuration).All;

    private void Program(string shell) => _place.Script("bin/claude", "#!/bin/sh\n" + shell + "\n");

    private IAgentRuntime Claude() =>
        Runtimes().Single(static runtime => runtime.Name == "claude");

    private ProbeSurroundings Surroundings(string? binary = null) =>
        new(new HostEnvironment(new Dictionary<string, string> { ["PATH"] = $"{_place.At("bin")}:/usr/bin:/bin" }), new ProviderSettings { Binary = binary });
}
