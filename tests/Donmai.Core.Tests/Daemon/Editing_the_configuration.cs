using System.Text.Json.Nodes;
using Donmai.Core.Daemon;
using Donmai.Sessions;

namespace Donmai.Core.Tests.Daemon;

public sealed class Editing_the_configuration : IDisposable
{
    private const string Commented = """
        # whose machine this is
        apiVersion: rensei.dev/v1
        machine: { id: studio-left, region: 'office' } # in the corner
        capacity:          # what it can do
          maxConcurrentSessions: 6   # not more
          seatBudget: { unknown: [1, 2] }
          # the last word
        enabledProjectIds: [ a, b ]
        projects:
          # the shop
          - id: billing
            repository: https://github.com/acme/billing  # moved
            note: keep me
          - id: firmware
            repository: "git@git.example.net:hw/firmware.git"
            git: { sshKey: ~/.ssh/id }
        orchestrator:
          url: https://orchestrator.example.net
          authToken: ${ACME_DAEMON_TOKEN}

        # the end
        """;

    private readonly ConfigurationBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Theory]
    [InlineData("capacity.maxConcurrentSessions", "7", "  maxConcurrentSessions: 6   # not more", "  maxConcurrentSessions: 7   # not more")]
    [InlineData("machine.region", "\"home\"", "region: 'office' }", "region: \"home\" }")]
    [InlineData("machine.displayName", "\"Left one: old\"", "'office' }", "'office', displayName: \"Left one: old\" }")]
    [InlineData("capacity.poolMaxDiskGb", "120", "  seatBudget: { unknown: [1, 2] }", "  seatBudget: { unknown: [1, 2] }\n  poolMaxDiskGb: 120")]
    [InlineData("capacity.reservedForSystem.vCpu", "2", "  seatBudget: { unknown: [1, 2] }", "  seatBudget: { unknown: [1, 2] }\n  reservedForSystem:\n    vCpu: 2")]
    [InlineData("trust.issuerSet", "[\"a@b.c\", \"yes\"]", "TOKEN}\n", "TOKEN}\ntrust:\n  issuerSet:\n    - \"a@b.c\"\n    - \"yes\"\n")]
    [InlineData("projects[1].git.credentialHelper", "\"store\"", "{ sshKey: ~/.ssh/id }", "{ sshKey: ~/.ssh/id, credentialHelper: store }")]
    [InlineData("projects[0].cloneStrategy", "\"full\"", "    note: keep me", "    note: keep me\n    cloneStrategy: full")]
    [InlineData("orchestrator.authToken", "\"${OTHER}\"", "authToken: ${ACME_DAEMON_TOKEN}", "authToken: \"${OTHER}\"")]
    [InlineData("enabledProjectIds", "[\"c\"]", "enabledProjectIds: [ a, b ]", "enabledProjectIds:\n  - c")]
    public async Task A_key_is_set_and_nothing_else_is_touched(string key, string value, string before, string after)
    {
        var expected = Commented.Replace(before, after, StringComparison.Ordinal);
        expected.ShouldNotBe(Commented);

        await _bed.Open(Commented).Change([ConfigurationEdit.Set(key, JsonNode.Parse(value)!)]);

        _bed.Text.ShouldBe(expected.Replace("- \"a@b.c\"", "- a@b.c", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("capacity.seatBudget", "  seatBudget: { unknown: [1, 2] }\n", "")]
    [InlineData("capacity.seatBudget.unknown", "{ unknown: [1, 2] }", "{  }")]
    [InlineData("machine.region", "id: studio-left, region: 'office' }", "id: studio-left }")]
    [InlineData("apiVersion", "apiVersion: rensei.dev/v1\n", "")]
    [InlineData("projects[0].note", "    note: keep me\n", "")]
    [InlineData("orchestrator.authToken", "  authToken: ${ACME_DAEMON_TOKEN}\n", "")]
    [InlineData("nothing.of.that", "", "")]
    [InlineData("capacity.maxConcurrentSessions.deeper", "", "")]
    public async Task A_key_is_taken_out_and_nothing_else_is_touched(string key, string before, string after)
    {
        await Changes(ConfigurationEdit.Unset(key));

        _bed.Text.ShouldBe(before.Length == 0 ? Commented : Commented.Replace(before, after, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a: {}\nb: 1", "a.x", "a:\n  x: 5\nb: 1")]
    [InlineData("a:\nb: 1", "a.x", "a:\n  x: 5\nb: 1")]
    [InlineData("a: # why\nb: 1", "a.x", "a: # why\n  x: 5\nb: 1")]
    [InlineData("a: ~ # why\nb: 1", "a.x", "a: # why\n  x: 5\nb: 1")]
    [InlineData("a:\n    y: |\n      text\n\n\nb: 1", "a.x", "a:\n    y: |\n      text\n    x: 5\n\n\nb: 1")]
    [InlineData("a:\r\n  y: 1\r\nb: 1\r\n", "a.x", "a:\r\n  y: 1\r\n  x: 5\r\nb: 1\r\n")]
    [InlineData("\"a\":\n  'x' : 'old' # c", "a.x", "\"a\":\n  'x' : 5 # c")]
    [InlineData("a:\n- x: 1\n  y: 2\n-   x: 3\n", "a[1].x", "a:\n- x: 1\n  y: 2\n-   x: 5\n")]
    [InlineData("a: { b: { x: }, c: 1 }", "a.b.x", "a: { b: { x: 5}, c: 1 }")]
    [InlineData("a:\n  x:\n    - 1 # one\n    - 2\n  y: 1\n", "a.x", "a:\n  x: 5\n  y: 1\n")]
    [InlineData("a: {x: 1,\n    y: 2} # c\n", "a.x", "a: {x: 5,\n    y: 2} # c\n")]
    public async Task Layouts_of_people_are_understood(string before, string key, string after)
    {
        await _bed.Open(Prefixed(before)).Change([ConfigurationEdit.Set(key, 5)]);

        _bed.Text.ShouldBe(Prefixed(after));
    }

    [Theory]
    [InlineData("a: &x { y: 1 }\nb: *x\n", "a.y")]
    [InlineData("a: &x { y: 1 }\nb: *x\n", "b.y")]
    [InlineData("a: &x { z: { y: 1 } }\nb: { <<: *x }\n", "b.z.y")]
    [InlineData("a: 1\n", "a.b")]
    [InlineData("a: [1]\n", "a[1].b")]
    [InlineData("a: [1]\n", "a[0]")]
    [InlineData("a: 1\n", "a b")]
    [InlineData("a: 1\n", "a.")]
    [InlineData("a: 1\n", "")]
    public async Task What_cannot_be_changed_alone_is_refused_and_left(string text, string key)
    {
        var file = _bed.Open(Prefixed(text));

        await Should.ThrowAsync<ConfigurationEditException>(() => file.Change([ConfigurationEdit.Set(key, 5)]));

        _bed.Text.ShouldBe(Prefixed(text));
    }

    [Fact]
    public async Task A_change_that_is_not_valid_writes_nothing_and_names_everything()
    {
        var file = _bed.Open(Commented);

        var refusal = await Should.ThrowAsync<DaemonConfigurationException>(() => file.Change(
            [ConfigurationEdit.Set("capacity.maxConcurrentSessions", -1), ConfigurationEdit.Unset("machine.id")]));

        refusal.Violations.Select(static violation => (violation.Key, violation.Line)).ShouldBe([("machine.id", 3), ("capacity.maxConcurrentSessions", 5)]);
        _bed.Text.ShouldBe(Commented);
        file.InForce.Current.MaxConcurrentSessions.ShouldBe(6);
    }

    [Fact]
    public async Task A_broken_file_is_not_written()
    {
        var file = _bed.Open(Commented);
        _bed.Text = "machine: [";

        await Should.ThrowAsync<DaemonConfigurationException>(() => file.Change([ConfigurationEdit.Set("capacity.maxConcurrentSessions", 1)]));

        _bed.Text.ShouldBe("machine: [");
    }

    [Fact]
    public async Task A_project_is_added_behind_the_others()
    {
        await Changes(ConfigurationEdit.PutProject(Project("new", "https://github.com/acme/new", "shallow", new ProjectGit { TokenVariable = "ACME_PAT" })));

        _bed.Text.ShouldBe(Commented.Replace(
            "{ sshKey: ~/.ssh/id }\n",
            "{ sshKey: ~/.ssh/id }\n  - id: new\n    repository: https://github.com/acme/new\n    cloneStrategy: shallow\n    git:\n      tokenVariable: ACME_PAT\n",
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "projects:\n  - id: new\n    repository: r\n")]
    [InlineData("projects: [] # none yet\n", "projects: # none yet\n  - id: new\n    repository: r\n")]
    [InlineData("projects:\n- id: a\n  repository: s\n# end\n", "projects:\n- id: a\n  repository: s\n- id: new\n  repository: r\n# end\n")]
    [InlineData("projects: [ { id: a, repository: s } ]\n", "projects: [ { id: a, repository: s }, { id: new, repository: r } ]\n")]
    public async Task A_project_is_added_to_any_kind_of_list(string before, string after)
    {
        await _bed.Open(Prefixed(before)).Change([ConfigurationEdit.PutProject(Project("new", "r"))]);

        _bed.Text.ShouldBe(Prefixed(after));
    }

    [Fact]
    public async Task A_project_is_brought_up_to_date_and_keeps_what_is_not_known()
    {
        await Changes(ConfigurationEdit.PutProject(Project("billing", "https://github.com/acme/billing2", null, new ProjectGit { CredentialHelper = "store" })));

        _bed.Text.ShouldBe(Commented
            .Replace("acme/billing  # moved", "acme/billing2  # moved", StringComparison.Ordinal)
            .Replace("    note: keep me\n", "    note: keep me\n    git:\n      credentialHelper: store\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_project_that_is_as_it_was_changes_nothing()
    {
        var file = _bed.Open(Commented);

        foreach (var project in file.InForce.Current.Projects)
            await file.Change([ConfigurationEdit.PutProject(project)]);

        _bed.Text.ShouldBe(Commented);
    }

    [Theory]
    [InlineData("billing", "  - id: billing\n    repository: https://github.com/acme/billing  # moved\n    note: keep me\n")]
    [InlineData("firmware", "  - id: firmware\n    repository: \"git@git.example.net:hw/firmware.git\"\n    git: { sshKey: ~/.ssh/id }\n")]
    [InlineData("nobody", "")]
    public async Task A_project_is_taken_out(string id, string lines)
    {
        await Changes(ConfigurationEdit.RemoveProject(id));

        _bed.Text.ShouldBe(lines.Length == 0 ? Commented : Commented.Replace(lines, "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_last_project_is_taken_out()
    {
        var file = _bed.Open(Commented);

        await file.Change([ConfigurationEdit.RemoveProject("billing"), ConfigurationEdit.RemoveProject("firmware")]);

        file.InForce.Current.Projects.ShouldBeEmpty();
        await file.Change([ConfigurationEdit.PutProject(Project("new", "r"))]);
        file.InForce.Current.Projects.ShouldHaveSingleItem().Id.ShouldBe("new");
    }

    [Fact, Trait("spec", "DR-4")]
    public async Task A_former_key_gets_its_present_name_with_the_next_change()
    {
        var text = Prefixed("projects:\n  - repoUrl: github.com/acme/a # here\n    id: a\n  - { id: b, repoUrl: x, repository: y }\n");
        var file = _bed.Open(text);

        await file.Change([]);
        _bed.Text.ShouldBe(text);
        await file.Change([ConfigurationEdit.Set("capacity.maxConcurrentSessions", 1)]);

        _bed.Text.ShouldBe(Prefixed("projects:\n  - repository: github.com/acme/a # here\n    id: a\n  - { id: b, repository: y }\ncapacity:\n  maxConcurrentSessions: 1\n"));
        file.InForce.Current.Projects.Select(static project => project.Repository).ShouldBe(["github.com/acme/a", "y"]);
    }

    [Fact, Trait("spec", "DR-12")]
    public async Task A_reference_to_the_token_stays_a_reference()
    {
        await Changes(ConfigurationEdit.Set("capacity.maxConcurrentSessions", 1));

        _bed.Text.ShouldContain("authToken: ${ACME_DAEMON_TOKEN}\n");
    }

    [Fact, Trait("spec", "DR-9")]
    public async Task Every_key_can_be_written_and_read_again()
    {
        var file = _bed.Open();

        await file.Change(
        [
            Set("apiVersion", "v9"), Set("kind", "Other"), Set("machine.id", "m: #1"), Set("machine.region", "no"), Set("machine.displayName", "Ü \"x\"\\"),
            ConfigurationEdit.Set("capacity.maxConcurrentSessions", 0), ConfigurationEdit.Set("capacity.maxVCpuPerSession", 1),
            ConfigurationEdit.Set("capacity.maxMemoryMbPerSession", 256), ConfigurationEdit.Set("capacity.reservedForSystem.vCpu", 0),
            ConfigurationEdit.Set("capacity.reservedForSystem.memoryMb", 0), ConfigurationEdit.Set("capacity.poolMaxDiskGb", 9),
            ConfigurationEdit.PutProject(Project("a", "r", "reference-clone", new ProjectGit { CredentialHelper = "h", SshKey = "/k" })),
            Set("orchestrator.url", "https://o.example/x?y=1"), Set("orchestrator.authToken", "a${B}"),
            Set("autoUpdate.channel", "main"), Set("autoUpdate.schedule", "on-release"), ConfigurationEdit.Set("autoUpdate.drainTimeoutSeconds", 1),
            ConfigurationEdit.Set("autoUpdate.signers", new JsonArray(new JsonObject { ["issuer"] = "i", ["sanRegex"] = "^a.*$" }, new JsonObject { ["issuer"] = "j", ["san"] = "s" })),
            Set("autoUpdate.trustRootPath", "/t"), Set("observability.logFormat", "ndjson"), Set("observability.logPath", "/l"),
            ConfigurationEdit.Set("observability.metricsPort", 9101), Set("workarea.archiveRoot", "/w"), ConfigurationEdit.Set("workarea.diffStreamingThreshold", 0),
            ConfigurationEdit.Set("kit.scanPaths", new JsonArray("/a", "/b")), Set("trust.mode", "attested"),
            ConfigurationEdit.Set("trust.issuerSet", new JsonArray("x")), Set("trust.actor", "- me"),
            Set("projectAdmissionMode", "later"), ConfigurationEdit.Set("modelAccess", new JsonObject { ["deep"] = new JsonArray(1, true, "x") }),
        ]);

        var read = _bed.Open().InForce.Current;
        (read.MachineId, read.Region, read.DisplayName).ShouldBe(("m: #1", "no", "Ü \"x\"\\"));
        (read.MaxConcurrentSessions, read.MaxVCpuPerSession, read.MaxMemoryMbPerSession, read.ReservedVCpu, read.ReservedMemoryMb, read.PoolMaxDiskGb).ShouldBe((0, 1, 256, 0, 0, 9));
        read.Projects.ShouldHaveSingleItem().ShouldBe(Project("a", "r", "reference-clone", new ProjectGit { CredentialHelper = "h", SshKey = "/k" }));
        (read.OrchestratorUrl, read.AuthTokenText).ShouldBe(("https://o.example/x?y=1", "a${B}"));
        (read.Update.Channel, read.Update.Schedule, read.Update.DrainTimeout, read.Update.TrustRootPath).ShouldBe(("main", "on-release", TimeSpan.FromSeconds(1), "/t"));
        read.Update.Signers.ShouldBe([new UpdateSigner("i", null, "^a.*$"), new UpdateSigner("j", "s", null)]);
        read.Observability.ShouldBe(new ObservabilityConfiguration { LogFormat = "ndjson", LogPath = "/l", MetricsPort = 9101 });
        (read.ArchiveRoot, read.DiffStreamingThreshold).ShouldBe(("/w", 0));
        read.KitScanPaths.ShouldBe(["/a", "/b"]);
        (read.Trust.Mode, read.Trust.Actor).ShouldBe(("attested", "- me"));
        read.Trust.IssuerSet.ShouldBe(["x"]);
        _bed.Text.ShouldContain("apiVersion: v9\nkind: Other\n");
        _bed.Text.ShouldEndWith("projectAdmissionMode: later\nmodelAccess:\n  deep:\n    - 1\n    - true\n    - x\n");
    }

    private static string Prefixed(string text)
    {
        var newline = text.Contains('\r', StringComparison.Ordinal) ? "\r\n" : "\n";
        return $"machine: {{ id: m }}{newline}orchestrator: {{ url: \"https://o.example\" }}{newline}{text}";
    }

    private static ConfigurationEdit Set(string key, string value) => ConfigurationEdit.Set(key, JsonValue.Create(value)!);

    private static ProjectConfiguration Project(string id, string repository, string? strategy = null, ProjectGit? git = null) =>
        new() { Id = id, Repository = repository, Checkout = new ProjectCheckout { CloneStrategy = strategy, Git = git } };

    private Task<DaemonConfiguration> Changes(ConfigurationEdit edit) => _bed.Open(Commented).Change([edit]);
}
