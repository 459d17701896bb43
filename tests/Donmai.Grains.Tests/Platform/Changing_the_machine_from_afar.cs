using System.Net;
using System.Text.Json.Nodes;
using Donmai.Core.Daemon;
using Donmai.Daemon;
using Donmai.Grains.Tests.Machines;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Platform;

public sealed class Changing_the_machine_from_afar
{
    private const string AddDocs = """{"id":"mut_1","op":"project.add","params":{"id":"docs","repository":"github.com/acme/docs"},"requestedBy":"user_anna"}""";
    [Fact, Trait("spec", "PA-18"), Trait("spec", "DR-33")]
    public async Task S10_a_project_is_added_acknowledged_at_once_and_never_twice()
    {
        await using var machine = await TestMachine.Linked();
        Ask(machine, AddDocs);

        var told = await Tells(machine, "mut_1");

        told.Json["allowlist"]!.AsArray().Count.ShouldBe(2);
        machine.Configuration.Current.Projects[^1].ShouldBe(new ProjectConfiguration { Id = "docs", Repository = "github.com/acme/docs" });
        (await machine.Spawner.Accept(TestMachine.Spec("s1") with { Repository = "acme/docs" })).ProjectName.ShouldBe("docs");
        (await Tells(machine, "mut_1")).ShouldNotBeNull("the platform asks again, so it is told again");
        machine.File.Writes.ShouldBe(1);

        Ask(machine);
        await machine.Next("heartbeat");
        (await machine.Next("heartbeat")).Json.ContainsKey("appliedMutations").ShouldBeFalse();
    }

    [Fact, Trait("spec", "PA-18")]
    public async Task Changes_are_applied_in_order_and_one_that_fails_does_not_keep_the_others()
    {
        await using var machine = await TestMachine.Linked();
        Ask(
            machine,
            AddDocs,
            """{"id":"mut_2","op":"project.add","params":{"id":"","repository":"x/y"}}""",
            """{"id":"mut_3","op":"project.remove","params":{"id":"docs"}}""",
            """{"id":"mut_4","op":"project.remove","params":{"id":"nobody"}}""",
            """{"id":"mut_5","op":"project.add","params":{"id":"billing","repository":"github.com/other/place"}}""",
            """{"op":"project.remove","params":{"id":"billing"}}""",
            "7");

        var beat = await Tells(machine, "mut_5");

        Applied(beat).ShouldBe(["mut_1", "mut_3", "mut_4", "mut_5"]);
        Failures(beat).ShouldBe([("mut_2", "id and repository are required")]);
        machine.Configuration.Current.Projects.ShouldBe([new ProjectConfiguration { Id = "billing", Repository = "github.com/acme/billing" }]);
        machine.File.Writes.ShouldBe(2, "what is so already is not written");
    }

    [Theory]
    [InlineData("nonsense", "unknown op \"nonsense\"; upgrade the daemon")]
    [InlineData("modelAccess.set", "modelAccess.set is not possible on this machine: its daemon runs every project of its list and has no policy for models; use project.add and project.remove")]
    [InlineData("project.enable", "project.enable is not possible on this machine: its daemon runs every project of its list and has no policy for models; use project.add and project.remove")]
    public async Task S11_what_nobody_knows_is_refused_by_its_name(string op, string error)
    {
        await using var machine = await TestMachine.Linked();
        Ask(machine, $$"""{"id":"mut_1","op":"{{op}}","params":{"id":"billing"} }""");

        Failures(await Tells(machine, "mut_1")).ShouldBe([("mut_1", error)]);
    }

    [Fact, Trait("spec", "PA-18")]
    public async Task S12_acknowledgements_are_told_until_a_beat_with_them_was_taken()
    {
        await using var machine = await TestMachine.Linked();
        Ask(machine, AddDocs);
        await machine.Next("heartbeat");
        machine.Platform.Answer = static call => call.Name == "heartbeat" ? FakePlatform.Refusal(HttpStatusCode.BadGateway) : null;
        Ask(machine);
        await Tells(machine, "mut_1");
        machine.Platform.Answer = static _ => null;

        (await Tells(machine, "mut_1")).ShouldNotBeNull();
        (await machine.Next("heartbeat")).Json.ContainsKey("appliedMutations").ShouldBeFalse();
    }

    [Fact, Trait("spec", "PA-18")]
    public async Task A_file_that_cannot_be_written_leaves_everything_as_it_was()
    {
        await using var machine = await TestMachine.Linked();
        machine.File.Refusal = new ConfigurationWriteException("daemon.yaml cannot be written; it is as it was.");
        Ask(machine, AddDocs);

        Failures(await Tells(machine, "mut_1")).ShouldBe([("mut_1", "daemon.yaml cannot be written; it is as it was.")]);
        machine.Configuration.Current.Projects.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_operator_can_refuse_changes_of_the_configuration()
    {
        await using var machine = await TestMachine.Linked(static machine => machine.Configure(static c => c with { AllowRemoteConfiguration = false }));
        Ask(machine, AddDocs, """{"id":"mut_2","op":"project.remove","params":{"id":"billing"}}""");

        var failures = Failures(await Tells(machine, "mut_2"));

        failures.ConvertAll(static failure => failure.Id).ShouldBe(["mut_1", "mut_2"]);
        failures[0].Error.ShouldContain("orchestrator.allowRemoteConfiguration");
        machine.File.Writes.ShouldBe(0);
    }

    [Fact]
    public async Task A_session_is_stopped_and_one_that_has_ended_is_as_good_as_stopped()
    {
        await using var machine = await TestMachine.Linked();
        machine.EndProcessesWhenStopped();
        await machine.Accept("s1");
        await machine.Accept("s2");
        await machine.Exit("s2");
        Ask(machine, Kill("mut_1", "s1"), Kill("mut_2", "s2"), Kill("mut_3", "s3"), Kill("mut_4", "../etc"));

        var beat = await Tells(machine, "mut_2");

        Applied(beat).ShouldBe(["mut_1", "mut_2"]);
        Failures(beat).ShouldBe([("mut_3", "there is no session \"s3\" on this machine"), ("mut_4", "sessionId is required")]);
        await machine.Until(async () => (await machine.Session("s1").Inspect()) is { State: SessionState.Terminated, StopMode: "operator-cancelled" });

        static string Kill(string id, string session) => $$"""{"id":"{{id}}","op":"session.kill","params":{"sessionId":"{{session}}","reason":"too dear"} }""";
    }

    [Fact, Trait("spec", "PA-20")]
    public async Task A_pool_that_was_deleted_stops_claiming_without_waiting_and_is_shown()
    {
        await using var machine = await TestMachine.Linked();
        Ask(machine, """{"id":"mut_1","op":"pool.deleted","params":{"poolId":"p1","candidatePoolIds":["p2"],"reason":"moved"}}""");
        await Tells(machine, "mut_1");

        var beats = await machine.Heartbeat.Beats();

        (beats.HostStatus?.Status, beats.HostStatus?.RecommendedAction, beats.ClaimingSuspended).ShouldBe(("pool_deleted", "moved", true));
        (await machine.Daemon.Stats(new StatsRequest())).HostStatus?.CandidatePoolIds.ShouldBe(["p2"]);
    }

    [Theory, Trait("spec", "PA-20")]
    [InlineData("pool_draining", false)]
    [InlineData("some_new_thing", true)]
    public async Task S13_S14_a_word_about_the_pool_stops_polls_until_it_is_taken_back_and_sessions_go_on(string word, bool polls)
    {
        await using var machine = await TestMachine.Linked();
        await machine.Accept("s1");
        machine.Platform.Beat = new JsonObject { ["hostStatus"] = new JsonObject { ["status"] = word } };
        await machine.Next("heartbeat");
        await machine.Until(async () => (await machine.Heartbeat.Beats()).HostStatus?.Status == word);
        var before = machine.Platform.AskedTo("/poll").Count;
        machine.Platform.Beat = [];

        await machine.Next("heartbeat"); // without a word the former one stays
        await machine.Until(async () => (await machine.Poll.Standing()).Skipped is not null || machine.Platform.AskedTo("/poll").Count > before);

        (machine.Platform.AskedTo("/poll").Count > before).ShouldBe(polls);
        machine.Processes.AliveCount.ShouldBe(1);
        if (!polls)
            (await machine.Poll.Standing()).Skipped.ShouldBe($"the platform says of this host: {word}");
        machine.Platform.Beat = new JsonObject { ["hostStatus"] = new JsonObject { ["status"] = "ok" } };
        await machine.Next("heartbeat");
        await machine.Until(async () => !(await machine.Heartbeat.Beats()).ClaimingSuspended);
        await machine.Next("poll");
    }

    private static void Ask(TestMachine machine, params string[] changes) =>
        machine.Platform.Beat = new JsonObject { ["pendingMutations"] = new JsonArray([.. changes.Select(static change => JsonNode.Parse(change))]) };

    private static Task<PlatformRequest> Tells(TestMachine machine, string id) =>
        machine.Next("heartbeat", call => call.Body.Contains($"\"{id}\"", StringComparison.Ordinal));

    private static List<string> Applied(PlatformRequest beat) => [.. beat.Json["appliedMutations"]!.AsArray().Select(static id => id!.GetValue<string>())];

    private static List<(string Id, string Error)> Failures(PlatformRequest beat) =>
        [.. beat.Json["mutationFailures"]!.AsArray().Select(static failure => (failure!["id"]!.GetValue<string>(), failure["error"]!.GetValue<string>()))];
}
