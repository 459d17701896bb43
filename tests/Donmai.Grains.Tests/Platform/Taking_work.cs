using System.Net;
using System.Text.Json;
using Donmai.Grains.Tests.Machines;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Platform;

public sealed class Taking_work
{
    [Fact, Trait("spec", "DR-27"), Trait("spec", "PA-21"), Trait("spec", "PA-22"), Trait("spec", "DR-45")]
    public async Task Work_of_the_very_first_poll_runs_and_its_worker_reads_its_detail()
    {
        Task<SessionDetail>? read = null;
        await using var machine = await TestMachine.Linked(machine =>
        {
            machine.Platform.Enqueue("""
                {"sessionId":"s1","issueId":"i1","issueIdentifier":"BIL-88","linearSessionId":"l1","providerSessionId":"p1","projectName":"x","organizationId":"o1",
                 "repository":"https://github.com/acme/billing","ref":"main","priority":2,"queuedAt":1779096600123,"workType":"qa","promptContext":"pc","body":"b","title":"t",
                 "mentionContext":"mc","parentContext":"","branch":"br","stagePrompt":"sp","stageId":"si","stageSourceEventId":"se","stageBudget":{"maxTokens":5},
                 "stageLifecycle":{"a":1},"resolvedProfile":{"provider":"claude","providerConfig":{"x":1}},"modelProfile":{"id":"m1","providerId":"claude","model":"large"},
                 "systemPromptOverride":"so","disallowedTools":["Bash"],"memoryBlock":"mb","mode":"interview","interviewBudget":{"idleGraceSeconds":9},"kits":["k"],
                 "projectId":"pi","repositoryId":"ri","pullRequest":{"n":7},"injectedPoolId":"pool","weather":"fine","maxDurationSeconds":77,"env":{"A":"1"}}
                """);
            machine.Processes.Launching = launch => read = machine.Session(launch.SessionId).Detail();
        });
        await machine.Until(() => machine.Processes.AliveCount == 1);

        var detail = await read!;

        detail = detail with { ResolvedProfile = null, DisallowedTools = null, StageLifecycle = null, InterviewDefinition = null, Kits = null, PullRequest = null, OtherFields = null, Project = null };
        detail.ShouldBe(new SessionDetail
        {
            SessionId = "s1",
            IssueId = "i1",
            IssueIdentifier = "BIL-88",
            LinearSessionId = "l1",
            ProviderSessionId = "p1",
            ProjectName = "billing",
            OrganizationId = "o1",
            Repository = "https://github.com/acme/billing.git",
            Ref = "main",
            WorkType = "qa",
            PromptContext = "pc",
            Body = "b",
            Title = "t",
            MentionContext = "mc",
            Branch = "br",
            StagePrompt = "sp",
            StageId = "si",
            StageSourceEventId = "se",
            StageBudget = new StageBudget { MaxTokens = 5 },
            ModelProfile = new ModelProfile { Id = "m1", ProviderId = "claude", Model = "large" },
            WorkerId = "wkr_1",
            AuthToken = "rt-wkr_1-1",
            PlatformUrl = FakePlatform.Url,
            SystemPromptOverride = "so",
            MemoryBlock = "mb",
            Mode = "interview",
            InterviewBudget = new InterviewBudget { IdleGraceSeconds = 9 },
            ProjectId = "pi",
            RepositoryId = "ri",
            InjectedPoolId = "pool",
            MaxDurationSeconds = 77,
        });
        await machine.Until(async () => (await machine.Poll.Standing()).Accepted == 1);
    }

    [Fact, Trait("spec", "DR-48")]
    public async Task Fields_that_nobody_knows_reach_the_worker_also_after_a_restart_and_variables_are_not_recorded()
    {
        await using var machine = await TestMachine.Linked();
        await Sends(machine, """{"sessionId":"s1","repository":"billing","new":{"a":[1.50]},"priority":0,"env":{"TOKEN":"hush"}}""");

        await machine.Restart();

        (await machine.Session("s1").Detail()).OtherFields.ShouldBe(new JsonText("""{"new":{"a":[1.50]},"priority":0}"""));
        machine.Storage.Json("session", "s1").ShouldNotContain("hush");
    }

    [Fact, Trait("spec", "DR-46")]
    public async Task After_a_refresh_every_detail_has_the_new_token()
    {
        await using var machine = await TestMachine.Linked();
        await Sends(machine, Item("s1"), Item("s2"));
        (await machine.Session("s1").Detail()).AuthToken.ShouldBe("rt-wkr_1-1");
        machine.Platform.ExpireToken("wkr_1");

        await machine.Next("heartbeat", static call => call.Token == "rt-wkr_1-3");

        foreach (var id in (string[])["s1", "s2"])
            (await machine.Session(id).Detail()).ShouldSatisfyAllConditions(
                static detail => detail.WorkerId.ShouldBe("wkr_1"), static detail => detail.AuthToken.ShouldBe("rt-wkr_1-3"));
    }

    [Fact, Trait("spec", "PA-23"), Trait("spec", "DR-47")]
    public async Task S15_work_for_a_project_that_is_not_the_machines_is_given_back_whole()
    {
        await using var machine = await TestMachine.Linked();
        var nack = machine.Platform.Next("nack");
        await Sends(machine, """{"sessionId":"s1","issueId":"","issueIdentifier":"X-1","priority":0,"queuedAt":1779096600123,"repository":"github.com/evil/place","new":1.50}""");

        var back = await nack;

        (back.Path, back.Token).ShouldBe(("/base/api/sessions/s1/nack", "rt-wkr_1-1"));
        back.Body.ShouldContain("""
            "work":{"sessionId":"s1","issueId":"","issueIdentifier":"X-1","priority":0,"queuedAt":1779096600123,"repository":"github.com/evil/place","new":1.50}
            """.Trim());
        (back.Json["workerId"]!.GetValue<string>(), back.Json["reason"]!.GetValue<string>())
            .ShouldBe(("wkr_1", "accept work failed: not-allowed: repository \"github.com/evil/place\" is not in the project allowlist"));
        await Should.ThrowAsync<SessionNotFoundException>(machine.Session("s1").Detail());
    }

    [Fact]
    public async Task S16_malformed_work_costs_no_other_and_is_given_back_if_it_says_whose_it_is()
    {
        await using var machine = await TestMachine.Linked();
        var nacked = (machine.Platform.Next("nack", static call => call.Path.Contains("/bad/", StringComparison.Ordinal)),
            machine.Platform.Next("nack", static call => call.Path.Contains("etc", StringComparison.Ordinal)),
            machine.Platform.Next("nack", static call => call.Path.Contains("/huge/", StringComparison.Ordinal)));
        await Sends(
            machine,
            "7", "null", "[]", """{"title":"nobody's"}""",
            """{"sessionId":"bad","title":5}""",
            """{"sessionId":"../../etc/passwd","repository":"billing"}""",
            """{"sessionId":"..","repository":"billing"}""",
            $$"""{"sessionId":"huge","repository":"billing","body":"{{new string('x', 10_000_000)}}"}""",
            Item("s1"), Item("s1"));

        var (bad, path, huge) = (await nacked.Item1, await nacked.Item2, await nacked.Item3);

        machine.Processes.Launches.Select(static launch => launch.SessionId).ShouldBe(["s1"]);
        bad.Json["reason"]!.GetValue<string>().ShouldStartWith("accept work failed: invalid: the work item cannot be read");
        path.Path.ShouldBe("/base/api/sessions/..%2F..%2Fetc%2Fpasswd/nack");
        huge.Json["work"]!["body"]!.GetValue<string>().Length.ShouldBe(10_000_000);
        machine.Platform.AskedTo("/nack").Count.ShouldBe(3, "work that runs here is not given back because it came twice");
    }

    [Theory, Trait("spec", "PA-24")]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.Conflict)]
    public async Task A_platform_that_takes_nothing_back_keeps_neither_the_loop_nor_other_work(HttpStatusCode status)
    {
        await using var machine = await TestMachine.Linked();
        machine.Platform.Answer = call => call.Name == "nack" ? FakePlatform.Refusal(status) : null;
        machine.Platform.Enqueue("""{"sessionId":"s0","repository":"x/y"}""", Item("s1"));
        await machine.Next("nack");
        await machine.Until(() => machine.Processes.AliveCount == 1);

        await Polls(machine);
        await Sends(machine, Item("s2"));

        machine.Processes.AliveCount.ShouldBe(2);
    }

    [Fact]
    public async Task Work_that_could_not_be_given_back_is_given_back_later()
    {
        await using var machine = await TestMachine.Linked();
        machine.Platform.Answer = static call => call.Name == "nack" ? FakePlatform.Refusal(HttpStatusCode.ServiceUnavailable) : null;
        machine.Platform.Enqueue("""{"sessionId":"s0","repository":"x/y"}""");
        await machine.Next("nack");
        await Polls(machine);
        machine.Platform.Answer = static _ => null;
        var before = machine.Platform.AskedTo("/nack").Count;

        await Polls(machine);
        await machine.Until(() => machine.Platform.AskedTo("/nack").Count > before);
        var after = machine.Platform.AskedTo("/nack").Count;
        await Polls(machine);

        machine.Platform.AskedTo("/nack").Count.ShouldBe(after, "it was taken");
    }

    [Fact]
    public async Task Work_that_could_not_be_given_back_and_runs_here_since_is_not_given_back()
    {
        await using var machine = await TestMachine.Linked(static machine => machine.Configure(static c => c with { MaxConcurrentSessions = 1 }));
        machine.Platform.Answer = static call => call.Name == "nack" ? FakePlatform.Refusal(HttpStatusCode.ServiceUnavailable) : null;
        machine.Platform.Enqueue(Item("s1"), Item("s2"));
        await machine.Next("nack");
        await machine.Until(async () => (await machine.Poll.Standing()).Skipped is not null);
        await machine.Exit("s1");
        await Sends(machine, Item("s2"));
        machine.Processes.Launches.Select(static launch => launch.SessionId).ShouldBe(["s1", "s2"]);
        var before = machine.Platform.AskedTo("/nack").Count;

        machine.Platform.Answer = static _ => null;
        await machine.Exit("s2");
        await Polls(machine);
        await Polls(machine);

        machine.Platform.AskedTo("/nack").Count.ShouldBe(before, "the platform would give it to somebody else as well");
    }

    [Fact]
    public async Task A_platform_that_is_away_is_not_flooded_with_what_it_is_to_take_back()
    {
        await using var machine = await TestMachine.Linked();
        machine.Platform.Answer = static call => call.Name == "nack" ? FakePlatform.Refusal(HttpStatusCode.ServiceUnavailable) : null;
        machine.Platform.Enqueue([.. Enumerable.Range(0, 100).Select(static number => $$"""{"sessionId":"s{{number}}","repository":"x/y"}""")]);

        await machine.Until(async () => (await machine.Poll.Standing()).Refused == 100);
        await Polls(machine);

        machine.Platform.AskedTo("/nack").Select(static call => call.Path).Distinct().Count().ShouldBeLessThanOrEqualTo(8);
        machine.Platform.Answer = static _ => null;
        await machine.Until(() => machine.Platform.AskedTo("/nack").Select(static call => call.Path).Distinct().Count() == 100);
    }

    [Fact]
    public async Task What_was_refused_for_good_is_neither_tried_nor_given_back_again_for_ten_minutes_unless_the_projects_change()
    {
        await using var machine = await TestMachine.Linked();
        const string item = """{"sessionId":"s0","repository":"github.com/acme/docs"}""";
        var nack = machine.Platform.Next("nack");
        await Sends(machine, item);
        await nack;
        await Sends(machine, item);
        await Sends(machine, item);
        machine.Platform.AskedTo("/nack").Count.ShouldBe(1);

        Beating.Configured(Beating.Project("docs", "github.com/acme/docs"))(machine);
        await Sends(machine, item);

        await machine.Until(() => machine.Processes.AliveCount == 1);
    }

    [Fact]
    public async Task A_refusal_of_the_moment_is_not_remembered()
    {
        await using var machine = await TestMachine.Linked(static machine => machine.Configure(static c => c with { MaxConcurrentSessions = 1 }));
        machine.Platform.Enqueue(Item("s1"), Item("s2"));
        (await machine.Next("nack")).Json["reason"]!.GetValue<string>().ShouldBe("accept work failed: at-capacity: at capacity (1/1 sessions)");

        await machine.Until(async () => (await machine.Poll.Standing()).Skipped == "at capacity (1/1 sessions)");
        await machine.Exit("s1");
        await Sends(machine, Item("s2"));

        machine.Processes.Launches.Select(static launch => launch.SessionId).ShouldBe(["s1", "s2"]);
    }

    [Fact]
    public async Task A_paused_daemon_asks_for_nothing_and_a_resumed_one_at_once()
    {
        await using var machine = await TestMachine.Linked();
        await machine.Daemon.Pause();
        var before = machine.Platform.AskedTo("/poll").Count;
        await machine.Until(async () => (await machine.Poll.Standing()).Skipped is not null);
        await machine.Pass(TimeSpan.FromSeconds(20));

        machine.Platform.AskedTo("/poll").Count.ShouldBe(before);
        var poll = machine.Platform.Next("poll");
        await machine.Daemon.Resume();
        machine.Clock.Advance(TimeSpan.FromSeconds(1)); // a poll that was skipped a moment ago is not repeated sooner
        await poll;
    }

    [Fact]
    public async Task A_platform_that_answers_garbage_is_asked_again_and_shown_as_failing()
    {
        await using var machine = await TestMachine.Linked();
        machine.Platform.Answer = static call => call.Name == "poll" ? FakePlatform.Text("<html>") : null;

        await machine.Until(async () => (await machine.Poll.Standing()).Failures > 0);
        (await machine.Poll.Standing()).LastError.ShouldNotBeNullOrEmpty();
        machine.Platform.Answer = static _ => null;

        await machine.Until(async () => (await machine.Poll.Standing()) is { Failures: 0, LastError: null });
    }

    [Fact]
    public async Task A_stub_beats_without_sending_and_does_not_poll()
    {
        await using var machine = await TestMachine.Booted();
        machine.Configure(static configuration => configuration with { OrchestratorUrl = FakePlatform.Url, AuthToken = "plain" });
        await machine.Daemon.Start();

        await machine.Until(async () => (await machine.Heartbeat.Last()).WorkerId.EndsWith("-stub", StringComparison.Ordinal));
        await machine.Until(async () => !(await machine.Poll.Standing()).Running);
        (await machine.Daemon.Status()).Heartbeat.ShouldBeNull();
        (await machine.Daemon.Doctor()).HostChecks.ShouldAllBe(static check => check.Name != "heartbeat");

        machine.Platform.Asked.ShouldBeEmpty();
    }

    private static string Item(string sessionId) => JsonSerializer.Serialize(new { sessionId, repository = "billing" });

    /// <summary>Lets the platform send work and waits until all of it is dealt with.</summary>
    private static async Task Sends(TestMachine machine, params string[] items)
    {
        var before = await Dealt(machine);
        machine.Platform.Enqueue(items);
        await machine.Until(() => !machine.Platform.HasWork);
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        while (await Dealt(machine) < before + items.Length)
            await Task.Delay(5, deadline.Token); // no time passes: what is given back would be given up
    }

    private static async Task<long> Dealt(TestMachine machine) =>
        await machine.Poll.Standing() is var standing ? standing.Accepted + standing.Refused + standing.Repeated : 0;

    private static Task<PlatformRequest> Polls(TestMachine machine) => machine.Next("poll");
}
