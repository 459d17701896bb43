using Donmai.Core.Daemon;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Tests.Daemon;

public sealed class Reading_the_configuration : IDisposable
{
    private const string Minimal = """
        machine: { id: build-box-3 }
        orchestrator: { url: "https://orchestrator.example.net" }

        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("donmai-configuration-");
    private readonly Warnings _warnings = new();

    private string File => Path.Combine(_directory.FullName, "daemon.yaml");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact, Trait("spec", "DR-1")]
    public void No_file_is_no_configuration() => Reader().Read(File).ShouldBeNull();

    [Fact, Trait("spec", "DR-1")]
    public void A_file_that_cannot_be_read_is_an_error()
    {
        Directory.CreateDirectory(File);

        Should.Throw<DaemonConfigurationException>(() => Reader().Read(File)).Message.ShouldContain(File);
    }

    [Fact]
    public void The_error_is_one_line()
    {
        System.IO.File.WriteAllText(File, "orchestrator: { url: https://o.example }\ncapacity: { maxConcurrentSessions: -1 }");

        Should.Throw<DaemonConfigurationException>(() => Reader().Read(File)).Message
            .ShouldBe($"{File}: line 1: machine.id is required; line 2: capacity.maxConcurrentSessions is -1; it must be at least 0");
    }

    [Fact, Trait("spec", "DR-2")]
    public void A_minimal_file_loads_with_the_defaults()
    {
        var configuration = Read(Minimal);

        configuration.MachineId.ShouldBe("build-box-3");
        configuration.MaxConcurrentSessions.ShouldBe(8);
        configuration.MaxVCpuPerSession.ShouldBe(4);
        configuration.MaxMemoryMbPerSession.ShouldBe(8192);
        configuration.Projects.ShouldBeEmpty();
        configuration.ArchiveRoot.ShouldBe(Path.Combine(_directory.FullName, "workareas"));
        configuration.Routing.Ordering.ShouldBe("thompson");
        (configuration.Routing.CostWeight, configuration.Routing.LatencyWeight).ShouldBe((0.7, 0.3));
        configuration.AllowStub.ShouldBeFalse();
    }

    [Fact, Trait("spec", "DR-3")]
    public void A_missing_machine_id_fails_although_one_could_be_derived() =>
        Violations("orchestrator: { url: https://o.example }").ShouldBe(["line 1: machine.id is required"]);

    [Fact, Trait("spec", "DR-4")]
    public void The_former_key_repoUrl_is_read_with_one_warning()
    {
        var configuration = Read(Minimal + """
            projects:
              - { id: old-one, repoUrl: github.com/acme/old-one }
              - { id: new-one, repository: github.com/acme/new-one }
            """);

        configuration.Projects[0].Repository.ShouldBe("github.com/acme/old-one");
        _warnings.Lines.ShouldHaveSingleItem().ShouldContain("old-one");
    }

    [Fact, Trait("spec", "DR-5")]
    public void The_key_repository_wins_over_repoUrl_silently()
    {
        var configuration = Read(Minimal + "projects: [ { id: a, repository: github.com/acme/a, repoUrl: github.com/acme/b } ]");

        configuration.Projects.ShouldHaveSingleItem().Repository.ShouldBe("github.com/acme/a");
        _warnings.Lines.ShouldBeEmpty();
    }

    [Theory, Trait("spec", "DR-11")]
    [InlineData("machine: { id: '' }\norchestrator: { url: https://o.example }", "machine.id")]
    [InlineData("machine: { id: m }\norchestrator: { authToken: x }", "orchestrator.url")]
    [InlineData(Minimal + "capacity: { maxConcurrentSessions: -1 }", "capacity.maxConcurrentSessions")]
    [InlineData(Minimal + "projects: [ { id: a, repository: r }, { repository: r } ]", "projects[1].id")]
    [InlineData(Minimal + "projects: [ { id: a } ]", "projects[0].repository")]
    [InlineData(Minimal + "projects: [ { id: a, repository: r, cloneStrategy: deep } ]", "projects[0].cloneStrategy")]
    [InlineData(Minimal + "autoUpdate: { channel: nightly }", "autoUpdate.channel")]
    [InlineData(Minimal + "autoUpdate: { schedule: hourly }", "autoUpdate.schedule")]
    [InlineData(Minimal + "trust: { mode: none }", "trust.mode")]
    [InlineData("machine: { id: m }\norchestrator: { url: example.net }", "orchestrator.url")]
    [InlineData("machine: { id: m }\norchestrator: { url: /var/queue }", "orchestrator.url")]
    [InlineData(Minimal + "projects: [ { id: a, repository: r }, { id: a, repository: s } ]", "projects[1].id")]
    [InlineData(Minimal + "capacity: { maxConcurrentSessions: many }", "capacity.maxConcurrentSessions")]
    [InlineData(Minimal + "capacity: { maxVCpuPerSession: 0 }", "capacity.maxVCpuPerSession")]
    [InlineData(Minimal + "capacity: [ 3 ]", "capacity")]
    [InlineData(Minimal + "session: { stopGraceSeconds: 0 }", "session.stopGraceSeconds")]
    [InlineData(Minimal + "routing: { ringSize: 10001 }", "routing.ringSize")]
    [InlineData(Minimal + "routing: { ordering: random }", "routing.ordering")]
    [InlineData(Minimal + "routing: { capabilityFilters: [ { field: os, op: like, value: x } ] }", "routing.capabilityFilters[0].op")]
    public void A_violation_names_its_key(string yaml, string key) => Violations(yaml).ShouldHaveSingleItem().ShouldContain($": {key} ");

    [Theory, Trait("spec", "RT-25")]
    [InlineData("cost: 0.6, latency: 0.3")]
    [InlineData("cost: 1.3, latency: -0.3")]
    [InlineData("cost: 0.9")]
    public void Weights_that_do_not_sum_to_one_prevent_the_start(string weights) =>
        Violations(Minimal + $"routing: {{ weights: {{ {weights} }} }}").ShouldHaveSingleItem().ShouldContain("routing.weights");

    [Fact, Trait("spec", "DR-11")]
    public void All_violations_are_reported_at_once() =>
        Violations("capacity: { maxConcurrentSessions: -1 }\ntrust: { mode: none }").Length.ShouldBe(4);

    [Fact]
    public void An_explicit_zero_is_kept() =>
        Read(Minimal + "capacity: { maxConcurrentSessions: 0 }").MaxConcurrentSessions.ShouldBe(0);

    [Theory]
    [InlineData("machine: { id: m", "line 2")]
    [InlineData(Minimal + "a: 1\na: 2", "line 4: the key a is already on line 3")]
    [InlineData("- a\n- b", "mapping")]
    [InlineData("x: \"\\q\"", "line 1")]
    public void Broken_text_is_an_error_that_says_where(string yaml, string where) =>
        Violations(yaml).ShouldHaveSingleItem().ShouldContain(where);

    [Fact]
    public void Endless_nesting_is_an_error() => Violations("a: " + new string('[', 100_000)).ShouldHaveSingleItem().ShouldContain("64 levels");

    [Fact]
    public void The_full_file_of_the_specification_loads()
    {
        var configuration = Read("""
            apiVersion: rensei.dev/v1
            kind: LocalDaemon
            machine: { id: studio-left, region: office-lan }
            capacity:
              maxConcurrentSessions: 6
              maxVCpuPerSession: 4
              maxMemoryMbPerSession: 12288
              reservedForSystem: { vCpu: 2, memoryMb: 8192 }
            projects:
              - id: billing
                repository: https://github.com/acme/billing
                cloneStrategy: shallow
                git: { credentialHelper: osxkeychain }
              - id: firmware
                repository: git@git.example.net:hw/firmware.git
                cloneStrategy: full
                git: { sshKey: ~/.ssh/id_ed25519_hw }
            orchestrator: { url: https://orchestrator.example.net, authToken: "${ACME_DAEMON_TOKEN}" }
            autoUpdate: { channel: beta, schedule: manual, drainTimeoutSeconds: 900 }
            workarea: { archiveRoot: ~/archives, diffStreamingThreshold: 500 }
            trust: { mode: signed-by-allowlist, issuerSet: [release@acme.example], actor: ops@acme.example }
            session: { maxDurationSeconds: 7200, stopGraceSeconds: 5 }
            providers: { allowStub: true, claude: { binary: ~/bin/claude } }
            routing:
              ringSize: 20
              ordering: declared
              order: [claude, codex]
              weights: { cost: 0.5, latency: 0.5 }
              capabilityFilters: [ { field: arch, op: in, value: "arm64,x86_64" } ]
              deny: [ { project: acme-api, provider: gemini } ]
            unknown: { key: 1 }
            """);

        configuration.Region.ShouldBe("office-lan");
        configuration.Projects[0].Checkout.Git!.CredentialHelper.ShouldBe("osxkeychain");
        configuration.Projects[1].Checkout.CloneStrategy.ShouldBe("full");
        configuration.ArchiveRoot.ShouldBe("/home/anna/archives");
        configuration.SessionMaxDurationSeconds.ShouldBe(7200);
        configuration.StopGraceSeconds.ShouldBe(5);
        configuration.AllowStub.ShouldBeTrue();
        configuration.ProviderBinaries["claude"].ShouldBe("/home/anna/bin/claude");
        configuration.Routing.Order.ShouldBe(["claude", "codex"]);
        configuration.Routing.CapabilityFilters.ShouldHaveSingleItem().ShouldBe(new RoutingFilter("arch", "in", "arm64,x86_64"));
        configuration.Routing.Deny.ShouldHaveSingleItem().ShouldBe(new RoutingPolicy("acme-api", "gemini"));
    }

    [Theory]
    [InlineData("git: { credentialHelper: store }, credentialHelper: { kind: ssh, sshKeyPath: /k }", "store", null, null)]
    [InlineData("git: { credentialHelper: ~/bin/helper, sshKey: ~/.ssh/id }", "/home/anna/bin/helper", "/home/anna/.ssh/id", null)]
    [InlineData("git: { tokenVariable: ACME_PAT }", null, null, "ACME_PAT")]
    [InlineData("credentialHelper: { kind: osxkeychain }", "osxkeychain", null, null)]
    [InlineData("credentialHelper: { kind: ssh, sshKeyPath: ~/.ssh/id }", null, "/home/anna/.ssh/id", null)]
    [InlineData("credentialHelper: { kind: pat, envVarName: ACME_PAT }", null, null, "ACME_PAT")]
    [InlineData("credentialHelper: { kind: gh }", "!gh auth git-credential", null, null)]
    public void Credentials_are_read_in_both_shapes(string keys, string? helper, string? key, string? variable) =>
        Read(Minimal + $"projects: [ {{ id: a, repository: r, {keys} }} ]").Projects[0].Checkout.Git
            .ShouldBe(new ProjectGit { CredentialHelper = helper, SshKey = key, TokenVariable = variable });

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(7, 3)]
    [InlineData(64, 8)]
    public void A_generated_configuration_has_half_the_processors_as_slots(int processors, int slots)
    {
        var configuration = GeneratedConfiguration.For(new HostFacts("Build-Box-3", processors), new StateDirectory("/s"));

        configuration.MaxConcurrentSessions.ShouldBe(slots);
        configuration.MachineId.ShouldBe("build-box-3");
        configuration.OrchestratorUrl.ShouldBe("");
    }

    private DaemonConfiguration Read(string yaml)
    {
        System.IO.File.WriteAllText(File, yaml);
        return Reader().Read(File).ShouldNotBeNull();
    }

    private string[] Violations(string yaml)
    {
        System.IO.File.WriteAllText(File, yaml);
        return [.. Should.Throw<DaemonConfigurationException>(() => Reader().Read(File)).Violations.Select(static violation => violation.ToString())];
    }

    private DaemonConfigurationReader Reader() => new(new StateDirectory(_directory.FullName), "/home/anna", _warnings);

    private sealed class Warnings : ILogger<DaemonConfigurationReader>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
