using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
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
    public void What_the_owner_allows_and_wants_is_handed_to_workers_in_one_piece()
    {
        System.IO.File.WriteAllText(File, Minimal + """
            session: { envAllow: [ CORP_CA ], exposeToken: false, allowRepositoryTemplates: true, templates: prompts, tracker: lin }
            backstop: { skipHooks: true, protectedBranches: [ "release/*" ] }
            projects: [ { id: a, repository: r, submodules: true, lfs: true, mergeQueue: true } ]
            """);
        var configuration = Reader().Read(File)!;
        var rules = SessionRules.Parse(configuration.Rules.ToText());
        (rules.HidesToken, rules.AllowRepositoryTemplates, rules.Tracker, rules.SkipHooks).ShouldBe((true, true, "lin", true));
        (rules.EnvAllow.Single(), rules.ProtectedBranches.Single(), Path.IsPathFullyQualified(rules.Templates!)).ShouldBe(("CORP_CA", "release/*", true));
        var checkout = configuration.Projects[0].Checkout;
        (checkout.Submodules, checkout.Lfs, checkout.MergeQueue).ShouldBe((true, true, true));
        SessionRules.Parse("{}").ToText().ShouldBe(SessionRules.Default.ToText());
        SessionRules.Parse(" ").Tracker.ShouldBe("pnpm af-linear");
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
        (configuration.ReservedVCpu, configuration.ReservedMemoryMb, configuration.PoolMaxDiskGb).ShouldBe((4, 16384, 0));
        (configuration.Update.Channel, configuration.Update.Schedule, configuration.Update.DrainTimeout).ShouldBe(("stable", "nightly", TimeSpan.FromMinutes(10)));
        configuration.Update.Signers.ShouldBeEmpty();
        (configuration.Trust.Mode, configuration.DiffStreamingThreshold, configuration.AuthToken).ShouldBe(("permissive", 1000, null));
        configuration.Observability.ShouldBe(new ObservabilityConfiguration());
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
    [InlineData(Minimal + "routing: { seed: -1 }", "routing.seed")]
    [InlineData(Minimal + "routing: { capabilityFilters: [ { field: os, op: like, value: x } ] }", "routing.capabilityFilters[0].op")]
    [InlineData(Minimal + "autoUpdate: { drainTimeoutSeconds: 0 }", "autoUpdate.drainTimeoutSeconds")]
    [InlineData(Minimal + "autoUpdate: { drainTimeoutSeconds: 86401 }", "autoUpdate.drainTimeoutSeconds")]
    [InlineData(Minimal + "autoUpdate: { url: releases }", "autoUpdate.url")]
    [InlineData(Minimal + "autoUpdate: { signers: [ { san: me } ] }", "autoUpdate.signers[0].issuer")]
    [InlineData(Minimal + "autoUpdate: { signers: [ { issuer: i, sanRegex: '(' } ] }", "autoUpdate.signers[0].sanRegex")]
    [InlineData(Minimal + "capacity: { maxMemoryMbPerSession: 255 }", "capacity.maxMemoryMbPerSession")]
    [InlineData(Minimal + "capacity: { poolMaxDiskGb: -1 }", "capacity.poolMaxDiskGb")]
    [InlineData(Minimal + "capacity: { reservedForSystem: { vCpu: -1 } }", "capacity.reservedForSystem.vCpu")]
    [InlineData(Minimal + "capacity: { maxConcurrentSessions: 99999999999 }", "capacity.maxConcurrentSessions")]
    [InlineData(Minimal + "observability: { metricsPort: 0 }", "observability.metricsPort")]
    [InlineData(Minimal + "observability: { metricsPort: 65536 }", "observability.metricsPort")]
    [InlineData(Minimal + "observability: { logFormat: xml }", "observability.logFormat")]
    [InlineData(Minimal + "kit: { scanPaths: [ { a: b } ] }", "kit.scanPaths[0]")]
    [InlineData(Minimal + "kit: { scanPaths: ~/kits }", "kit.scanPaths")]
    [InlineData(Minimal + "trust: { issuerSet: [ ok, '' ] }", "trust.issuerSet[1]")]
    [InlineData(Minimal + "projects: [ shop ]", "projects[0]")]
    [InlineData(Minimal + "projects: { id: a }", "projects")]
    [InlineData(Minimal + "projects: [ { id: a, repository: r, credentialHelper: store } ]", "projects[0].credentialHelper")]
    [InlineData(Minimal + "projects: [ { id: a, repository: r, credentialHelper: { kind: vault } } ]", "projects[0].credentialHelper.kind")]
    [InlineData(Minimal + "projects: [ { id: a, repository: r, credentialHelper: { kind: pat } } ]", "projects[0].credentialHelper.envVarName")]
    [InlineData(Minimal + "projects: [ { id: a, repository: r, git: { tokenVariable: '$(id)' } } ]", "projects[0].git.tokenVariable")]
    [InlineData(Minimal + "providers: { allowStub: sometimes }", "providers.allowStub")]
    [InlineData("machine: { id: \"a\\nb\" }\norchestrator: { url: https://o.example }", "machine.id")]
    public void A_violation_names_its_key(string yaml, string key) => Violations(yaml).ShouldHaveSingleItem().ShouldContain($": {key} ");

    [Theory]
    [InlineData("", "always")]
    [InlineData("archive: always", "always")]
    [InlineData("archive: on-change", "on-change")]
    [InlineData("archive: on-failure", "on-failure")]
    [InlineData("archive: never", "never")]
    [InlineData("archiveOnSuccess: true", "always")]
    [InlineData("archiveOnSuccess: false", "on-failure")]
    [InlineData("archiveOnSuccess: false, archive: never", "never")]
    [InlineData("archiveOnSuccess: true, archive: on-change", "on-change")]
    public void What_is_archived_is_read_under_its_name_and_its_former_one(string keys, string policy) =>
        Read(Minimal + $"workarea: {{ {keys} }}").Archiving.ShouldBe(new ArchiveConfiguration { Policy = policy });

    [Fact]
    public void Limits_of_archives_are_read_and_0_is_none()
    {
        Read(Minimal).Archiving.ShouldBe(new ArchiveConfiguration { Policy = "always", MaxCount = 50, MaxGb = 0, MaxAgeDays = 0 });
        Read(Minimal + "workarea: { maxArchives: 7, maxArchiveGb: 8, maxArchiveAgeDays: 9 }").Archiving
            .ShouldBe(new ArchiveConfiguration { MaxCount = 7, MaxGb = 8, MaxAgeDays = 9 });
        Read(Minimal + "workarea: { maxArchives: 0, maxArchiveGb: 0, maxArchiveAgeDays: 0 }").Archiving.ShouldBe(new ArchiveConfiguration { MaxCount = 0 });
    }

    [Theory]
    [InlineData("archive", "sometimes")]
    [InlineData("archive", "Always")]
    [InlineData("archive", "true")]
    [InlineData("archive", "[ always ]")]
    [InlineData("archiveOnSuccess", "always")]
    [InlineData("maxArchives", "-1")]
    [InlineData("maxArchives", "many")]
    [InlineData("maxArchives", "1.5")]
    [InlineData("maxArchiveGb", "-1")]
    [InlineData("maxArchiveGb", "99999999999")]
    [InlineData("maxArchiveAgeDays", "-1")]
    [InlineData("maxArchiveAgeDays", "{ }")]
    [InlineData("maxArchiveAgeDays", "2147483647")]
    public void A_wrong_value_for_archives_is_told_with_its_line(string key, string value) =>
        Violations(Minimal + $"workarea:\n  archiveRoot: /w\n  {key}: {value}\n").ShouldHaveSingleItem().ShouldStartWith($"line 5: workarea.{key} ");

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
    [InlineData("machine: { id: m", "line 1: ")]
    [InlineData("machine:\n  id: [m,\n", "line 2: ")]
    [InlineData(Minimal + "a: 1\na: 2", "line 4: the key a is already on line 3")]
    [InlineData("- a\n- b", "mapping")]
    [InlineData("x: \"\\q\"", "line 1")]
    [InlineData("machine:\n  id: m\n  extra:\n\tdeep: 1\n", "line 4")]
    [InlineData("a: &a [*a]", "line 1")]
    [InlineData("a: *nowhere", "*nowhere")]
    [InlineData(Minimal + "---\nb: 1\n", "second document")]
    [InlineData("? [a]\n: b\n", "key")]
    [InlineData("just a text", "mapping")]
    public void Broken_text_is_an_error_that_says_where(string yaml, string where) =>
        Violations(yaml).ShouldHaveSingleItem().ShouldContain(where);

    [Fact]
    public void Endless_nesting_is_an_error() => Violations("a: " + new string('[', 100_000)).ShouldHaveSingleItem().ShouldContain("64 levels");

    [Fact]
    public void A_bomb_of_aliases_is_refused_before_it_can_go_off()
    {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(1, 30).Select(static i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        Violations(Minimal + bomb).ShouldHaveSingleItem().ShouldContain("20000 values");
    }

    [Fact]
    public void Aliases_and_merged_mappings_are_followed()
    {
        var configuration = Read(Minimal + """
            base: &base { cloneStrategy: full, git: &keys { sshKey: /keys/id } }
            projects:
              - { <<: *base, id: a, repository: r }
              - { <<: [ *base ], id: b, repository: s, cloneStrategy: shallow }
              - { id: c, repository: t, git: *keys }
            """);

        configuration.Projects.Select(static project => project.Checkout.CloneStrategy).ShouldBe(["full", "shallow", null]);
        configuration.Projects.ShouldAllBe(static project => project.Checkout.Git!.SshKey == "/keys/id");
    }

    [Fact]
    public void A_key_that_is_there_twice_is_an_error_with_both_lines() =>
        Violations(Minimal + "trust: {}\ntrust: {}\n").ShouldBe(["line 4: the key trust is already on line 3"]);

    [Fact]
    public void A_file_that_is_too_large_is_an_error() =>
        Violations(Minimal + "# " + new string('x', 1024 * 1024)).ShouldHaveSingleItem().ShouldContain("larger than 1 MiB");

    [Fact]
    public void A_file_that_is_no_text_is_an_error()
    {
        System.IO.File.WriteAllBytes(File, [0x61, 0x3a, 0x20, 0xff, 0xfe]);

        Should.Throw<DaemonConfigurationException>(() => Reader().Read(File)).Message.ShouldContain("cannot be read");
    }

    [Fact]
    public void A_pipe_in_place_of_the_file_is_an_error_and_not_waited_for()
    {
        using (var made = System.Diagnostics.Process.Start("mkfifo", [File]))
            made.WaitForExit();

        Should.Throw<DaemonConfigurationException>(() => Reader().Read(File)).Message.ShouldContain("not a regular file");
    }

    [Fact]
    public void A_mark_of_the_encoding_is_not_part_of_the_first_key()
    {
        System.IO.File.WriteAllText(File, Minimal, System.Text.Encoding.UTF8);

        Reader().Read(File)!.MachineId.ShouldBe("build-box-3");
    }

    [Theory, Trait("spec", "DR-6")]
    [InlineData("${MY_TOK}", "rsk_live_1", "MY_TOK=rsk_live_1")]
    [InlineData("pre-${A}-${B}", "pre-x-${B}", "A=x")]
    [InlineData("${MY_TOK}", null, "MY_TOK=")]
    [InlineData("rsk_live_file", "rsk_live_env", "RENSEI_DAEMON_TOKEN=rsk_live_env")]
    [InlineData("${MY_TOK}", "own", "MY_TOK=file", "RENSEI_DAEMON_TOKEN=former", "DONMAI_DAEMON_TOKEN=own")]
    [InlineData("rsk_live_file", "rsk_live_file", "DONMAI_DAEMON_TOKEN=", "RENSEI_DAEMON_TOKEN=")]
    [InlineData("${A}${A}$A{A}${}", "xx$A{A}${}", "A=x", "=y")]
    [InlineData("${A", "${A", "A=x")]
    [InlineData("${A}", "${A}", "A=${A}")]
    public void The_registration_token_is_resolved(string written, string? token, params string[] environment)
    {
        var variables = Variables([.. environment.Select(static entry => (entry[..entry.IndexOf('=')], entry[(entry.IndexOf('=') + 1)..]))]);

        var configuration = Read($"machine: {{ id: m }}\norchestrator:\n  url: https://o.example\n  authToken: '{written}'\n", variables);

        configuration.AuthToken.ShouldBe(token);
        configuration.AuthTokenText.ShouldBe(written);
        configuration.ToString().ShouldNotContain(token ?? written);
    }

    [Fact]
    public void Former_names_of_variables_are_read_with_one_warning()
    {
        var warned = new List<string>();
        var variables = new DaemonVariables(static name => name == "RENSEI_X" ? "former" : null, (former, present) => warned.Add($"{former} {present}"));

        variables.Own("X").ShouldBe("former");
        variables.Own("X").ShouldBe("former");
        variables.Own("Y").ShouldBeNull();
        warned.ShouldBe(["RENSEI_X DONMAI_X"]);
    }

    [Fact, Trait("spec", "DR-10")]
    public void Places_of_kits_are_kept_in_order_and_replace_the_default()
    {
        Read(Minimal).KitScanPaths.ShouldBe([Path.Combine(_directory.FullName, "kits")]);
        Read(Minimal + "kit: { scanPaths: [/opt/b, ~/a, c] }").KitScanPaths.ShouldBe(["/opt/b", "/home/anna/a", Path.Combine(_directory.FullName, "c")]);
    }

    [Fact]
    public void Reserving_more_than_the_machine_has_is_warned_of_once()
    {
        System.IO.File.WriteAllText(File, Minimal + "capacity: { reservedForSystem: { vCpu: 5, memoryMb: 4097 } }");
        var reader = new DaemonConfigurationReader(new StateDirectory(_directory.FullName), null, _warnings, host: new HostFacts("h", 4, 4096));

        reader.Read(File);
        reader.Read(File);

        _warnings.Lines.Count.ShouldBe(2);
        _warnings.Lines[0].ShouldContain("capacity.reservedForSystem.vCpu");
        _warnings.Lines[1].ShouldContain("capacity.reservedForSystem.memoryMb");
    }

    [Fact]
    public void Archives_of_the_former_product_are_read_while_there_are_no_others()
    {
        var (state, former) = (_directory.CreateSubdirectory(".donmai"), _directory.CreateSubdirectory(".rensei/workareas"));
        System.IO.File.WriteAllText(File, Minimal);
        var reader = new DaemonConfigurationReader(new StateDirectory(state.FullName), _directory.FullName, _warnings);

        reader.Read(File)!.ArchiveRoot.ShouldBe(former.FullName);
        reader.Read(File)!.ArchiveRoot.ShouldBe(former.FullName);
        _warnings.Lines.ShouldHaveSingleItem().ShouldContain(former.FullName);

        var own = state.CreateSubdirectory("workareas");
        reader.Read(File)!.ArchiveRoot.ShouldBe(own.FullName);
    }

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
              poolMaxDiskGb: 120
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
            observability: { logFormat: ndjson, logPath: ~/.donmai/daemon.log, metricsPort: 9101 }
            kit: { scanPaths: [~/.donmai/kits, /opt/kits] }
            workarea: { archiveRoot: ~/archives, diffStreamingThreshold: 500 }
            trust: { mode: signed-by-allowlist, issuerSet: [release@acme.example], actor: ops@acme.example }
            session: { maxDurationSeconds: 7200, stopGraceSeconds: 5, limits: { worktreeSeconds: 900, steeringSeconds: 60 }, logRaw: true }
            providers: { allowStub: true, claude: { binary: ~/bin/claude } }
            routing:
              ringSize: 20
              seed: 7
              ordering: declared
              order: [claude, codex]
              weights: { cost: 0.5, latency: 0.5 }
              capabilityFilters: [ { field: arch, op: in, value: "arm64,x86_64" }, { field: vCpu, op: in, value: [2, 4] } ]
              deny: [ { project: acme-api, provider: gemini } ]
            unknown: { key: 1 }
            """);

        configuration.Region.ShouldBe("office-lan");
        (configuration.SessionLimits, configuration.SessionLogRaw).ShouldBe((new SessionBounds { WorktreeSeconds = 900, SteeringSeconds = 60 }, true));
        (configuration.ReservedVCpu, configuration.ReservedMemoryMb, configuration.PoolMaxDiskGb).ShouldBe((2, 8192, 120));
        (configuration.Update.Channel, configuration.Update.Schedule, configuration.Update.DrainTimeout).ShouldBe(("beta", "manual", TimeSpan.FromMinutes(15)));
        configuration.Observability.ShouldBe(new ObservabilityConfiguration { LogFormat = "ndjson", LogPath = "/home/anna/.donmai/daemon.log", MetricsPort = 9101 });
        configuration.Trust.Mode.ShouldBe("signed-by-allowlist");
        configuration.Trust.IssuerSet.ShouldBe(["release@acme.example"]);
        configuration.Trust.Actor.ShouldBe("ops@acme.example");
        configuration.DiffStreamingThreshold.ShouldBe(500);
        configuration.KitScanPaths.ShouldBe(["/home/anna/.donmai/kits", "/opt/kits"]);
        configuration.Projects[1].Checkout.Git!.SshKey.ShouldBe("/home/anna/.ssh/id_ed25519_hw");
        configuration.AuthToken.ShouldBe("${ACME_DAEMON_TOKEN}");
        configuration.Projects[0].Checkout.Git!.CredentialHelper.ShouldBe("osxkeychain");
        configuration.Projects[1].Checkout.CloneStrategy.ShouldBe("full");
        configuration.ArchiveRoot.ShouldBe("/home/anna/archives");
        configuration.SessionMaxDurationSeconds.ShouldBe(7200);
        configuration.StopGraceSeconds.ShouldBe(5);
        configuration.AllowStub.ShouldBeTrue();
        configuration.ProviderOf("claude").Binary.ShouldBe("/home/anna/bin/claude");
        configuration.Routing.Order.ShouldBe(["claude", "codex"]);
        configuration.Routing.CapabilityFilters.ShouldBe([new RoutingFilter("arch", "in", "arm64,x86_64"), new RoutingFilter("vCpu", "in", "2,4")]);
        configuration.Routing.Seed.ShouldBe(7);
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
        configuration.OrchestratorUrl.ShouldBe("file:///s/queue");
        GeneratedConfiguration.For(new HostFacts("h", 2), new StateDirectory("/s"), Variables(("RENSEI_ORCHESTRATOR_URL", "https://o.example"))).OrchestratorUrl
            .ShouldBe("https://o.example");
    }

    private DaemonConfiguration Read(string yaml, DaemonVariables? variables = null)
    {
        System.IO.File.WriteAllText(File, yaml);
        return Reader(variables).Read(File).ShouldNotBeNull();
    }

    private string[] Violations(string yaml)
    {
        System.IO.File.WriteAllText(File, yaml);
        return [.. Should.Throw<DaemonConfigurationException>(() => Reader().Read(File)).Violations.Select(static violation => violation.ToString())];
    }

    private DaemonConfigurationReader Reader(DaemonVariables? variables = null) =>
        new(new StateDirectory(_directory.FullName), "/home/anna", _warnings, variables);

    private static DaemonVariables Variables(params (string Name, string Value)[] variables)
    {
        var values = variables.ToDictionary(static variable => variable.Name, static variable => variable.Value);
        return new DaemonVariables(name => values.GetValueOrDefault(name));
    }

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
