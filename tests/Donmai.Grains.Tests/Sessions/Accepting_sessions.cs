using System.Collections.Concurrent;
using Donmai.Core.Daemon;
using Donmai.Core.Providers;
using Donmai.Core.Sessions;
using Donmai.Grains.Tests.Machines;
using Donmai.Routing;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Sessions;

public sealed class Accepting_sessions
{
    [Fact, Trait("spec", "CA-11")]
    public async Task An_accepted_session_runs_and_is_listed()
    {
        await using var machine = await TestMachine.Running();
        (await machine.Spawner.Live()).ShouldBeEmpty();

        var handle = await machine.Accept("ses_b");
        await machine.Accept("ses_a");

        (handle.State, handle.Pid, handle.ProjectName, handle.Repository).ShouldBe((SessionState.Running, 1001, "billing", "billing"));
        (await machine.Spawner.Live()).Select(static session => session.SessionId).ShouldBe(["ses_a", "ses_b"]);
        (await machine.Spawner.Live())[1].ShouldBe(handle);
    }

    [Fact]
    public async Task A_disk_without_room_is_refused_and_leaves_nothing_behind()
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(static before => before with { MinFreeDiskMb = int.MaxValue });

        (await Should.ThrowAsync<SessionRefusedException>(() => machine.Accept("s"))).Message.ShouldStartWith("too little free disk: ");
        (await machine.Spawner.Live()).ShouldBeEmpty();

        machine.Configure(static before => before with { MinFreeDiskMb = 0 });
        await machine.Accept("s");
    }

    [Fact]
    public async Task The_session_is_durable_before_its_process_runs()
    {
        await using var machine = await TestMachine.Running();
        var durable = false;
        machine.Processes.Launching = _ => durable = machine.Storage.Has("session", "a") && machine.Storage.Json("spawner", TestMachine.Name).Contains("\"a\"", StringComparison.Ordinal);

        await machine.Accept("a");

        durable.ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "billing", "sessionId is required")]
    [InlineData("../x", "billing", "sessionId must be 1 to 128 characters")]
    [InlineData("a", "", "repository is required")]
    public async Task A_request_that_names_nothing_usable_is_invalid(string sessionId, string repository, string reason)
    {
        await using var machine = await TestMachine.Running();

        var refusal = await Should.ThrowAsync<InvalidSessionSpecException>(machine.Spawner.Accept(new() { SessionId = sessionId, Repository = repository }));

        refusal.Message.ShouldStartWith(reason);
    }

    [Fact]
    public async Task Ref_and_branch_cannot_be_taken_for_options_of_git()
    {
        await using var machine = await TestMachine.Running();

        await Should.ThrowAsync<InvalidSessionSpecException>(machine.Spawner.Accept(TestMachine.Spec("a") with { Ref = "--upload-pack=x" }));
        await Should.ThrowAsync<InvalidSessionSpecException>(machine.Spawner.Accept(TestMachine.Spec("a") with { Branch = "-b" }));
    }

    [Fact, Trait("spec", "DR-42")]
    public async Task A_paused_spawner_refuses_and_a_resumed_one_accepts()
    {
        await using var machine = await TestMachine.Running();
        await machine.Spawner.SetAccepting(false);

        (await Should.ThrowAsync<SessionRefusedException>(machine.Accept("a"))).Message.ShouldBe("not accepting new work (paused or draining)");

        await machine.Spawner.SetAccepting(true);
        await machine.Accept("a");
    }

    [Fact]
    public async Task A_daemon_that_does_not_run_refuses_with_its_state()
    {
        await using var machine = await TestMachine.Booted();

        (await Should.ThrowAsync<SessionRefusedException>(machine.Accept("a"))).Message.ShouldBe("daemon is not running (state \"stopped\")");
    }

    [Fact, Trait("spec", "DR-29"), Trait("spec", "CA-10")]
    public async Task Slots_are_counted_and_may_be_changed_at_any_time()
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(static current => current with { MaxConcurrentSessions = 2 });
        (await machine.Daemon.Status()).MaxSessions.ShouldBe(2);
        await machine.Accept("a");
        await machine.Accept("b");

        (await Should.ThrowAsync<SessionRefusedException>(machine.Accept("c"))).Message.ShouldBe("at capacity (2/2 sessions)");

        machine.Configure(static current => current with { MaxConcurrentSessions = 3 });
        await machine.Accept("c");
        machine.Configure(static current => current with { MaxConcurrentSessions = 0 });
        (await machine.Spawner.Live()).Count.ShouldBe(3);
        (await Should.ThrowAsync<SessionRefusedException>(machine.Accept("d"))).Message.ShouldBe("at capacity (3/0 sessions)");
        machine.Processes.Stops.ShouldBeEmpty();
    }

    [Fact, Trait("spec", "DR-30")]
    public async Task A_hundred_requests_at_once_start_exactly_as_many_as_there_are_slots()
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(static current => current with { MaxConcurrentSessions = 5 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
        {
            try
            {
                await machine.Accept($"s{number}");
                return "accepted";
            }
            catch (SessionRefusedException refusal)
            {
                return refusal.Message;
            }
        }));

        answers.Count(static answer => answer == "accepted").ShouldBe(5);
        answers.Where(static answer => answer != "accepted").Distinct().ShouldBe(["at capacity (5/5 sessions)"]);
        machine.Processes.Launches.Count.ShouldBe(5);
        (await machine.Spawner.Admission()).Active.ShouldBe(5);
    }

    [Fact, Trait("spec", "DR-31"), Trait("spec", "CA-24")]
    public async Task An_id_that_is_live_is_refused_and_its_process_untouched()
    {
        await using var machine = await TestMachine.Running();
        var first = await machine.Accept("a");

        (await Should.ThrowAsync<SessionAlreadyActiveException>(machine.Accept("a"))).SessionId.ShouldBe("a");

        (await machine.Spawner.Live()).ShouldBe([first]);
        machine.Processes.Launches.Count.ShouldBe(1);
    }

    [Fact, Trait("spec", "DR-31")]
    public async Task An_id_that_is_reserved_is_refused_before_its_process_runs()
    {
        await using var machine = await TestMachine.Running();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            try
            {
                await machine.Accept("a");
                return true;
            }
            catch (SessionAlreadyActiveException)
            {
                return false;
            }
        }));

        answers.Count(static accepted => accepted).ShouldBe(1);
        machine.Processes.Launches.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_id_whose_session_has_ended_may_be_used_again()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        var record = (await machine.Session("a").Inspect()).RecordPath!;
        await File.WriteAllTextAsync(Path.Combine(record, "exit.json"), "{}");
        await machine.Exit("a", 1);

        await machine.Accept("a");

        Directory.EnumerateFileSystemEntries(record).ShouldBeEmpty();
        (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Running);
        await machine.Exit("a");
        (await machine.Spawner.Ended(10)).ShouldHaveSingleItem().State.ShouldBe(SessionState.Completed);
    }

    [Fact, Trait("spec", "CA-12")]
    public async Task A_repository_outside_the_allowlist_is_refused_and_starts_nothing()
    {
        await using var machine = await TestMachine.Running();

        var refusal = await Should.ThrowAsync<SessionRefusedException>(machine.Spawner.Accept(TestMachine.Spec("a") with { Repository = "github.com/x/y" }));

        refusal.Message.ShouldBe("repository \"github.com/x/y\" is not in the project allowlist");
        machine.Processes.Launches.ShouldBeEmpty();
        (await machine.Router.Recent()).ShouldBeEmpty();
    }

    [Fact, Trait("spec", "CA-13")]
    public async Task The_id_of_a_project_stands_for_its_repository()
    {
        await using var machine = await TestMachine.Running();

        await machine.Spawner.Accept(TestMachine.Spec("a") with { Repository = "billing" });

        (await machine.Session("a").Detail()).Repository.ShouldBe("https://github.com/acme/billing.git");
    }

    [Fact, Trait("spec", "DR-33")]
    public async Task A_project_added_at_runtime_is_usable_and_a_removed_one_is_not()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        machine.Configure(static current => current with { Projects = [new ProjectConfiguration { Id = "web", Repository = "github.com/acme/web" }] });

        await machine.Spawner.Accept(TestMachine.Spec("b") with { Repository = "web" });
        await Should.ThrowAsync<SessionRefusedException>(machine.Accept("c"));

        (await machine.Spawner.Live()).Select(static session => session.ProjectName).ShouldBe(["billing", "web"]);
    }

    [Fact]
    public async Task Who_asks_for_a_session_that_is_just_being_accepted_does_not_make_it_forget_its_process()
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(static current => current with { MaxConcurrentSessions = 100 });
        var ids = Enumerable.Range(0, 100).Select(static number => $"s{number}").ToList();

        await Task.WhenAll(ids.Select(async id =>
        {
            var accepting = machine.Accept(id);
            while (!accepting.IsCompleted)
                await machine.Session(id).Handle().ContinueWith(static _ => { }, TaskScheduler.Default);
            await accepting;
        }));
        await Task.WhenAll(ids.Select(id => machine.Session(id).Stop(new SessionStopRequest())));

        machine.Processes.Stops.Select(static stop => stop.SessionId).Order().ShouldBe(ids.Order());
    }

    [Fact]
    public async Task A_decision_that_cannot_be_recorded_does_not_orphan_the_session_it_was_made_for()
    {
        await using var machine = await TestMachine.Running();
        machine.Storage.Refuses = static name => name == "routing-trace";

        var handle = await machine.Accept("a");

        (await machine.Spawner.Live()).ShouldBe([handle]);
        machine.Storage.Json("session", "a").ShouldContain("claude");
    }

    [Fact]
    public async Task A_session_that_was_refused_on_a_full_disk_is_not_started_by_the_next_daemon()
    {
        await using var machine = await TestMachine.Running();
        machine.Processes.Launching = _ =>
        {
            machine.Storage.Refuses = static _ => true;
            throw new WorkerStartException("No space left on device");
        };
        await Should.ThrowAsync<SessionRefusedException>(machine.Accept("a"));
        machine.Storage.Refuses = static _ => false;
        machine.Processes.Launching = static _ => { };

        await machine.Restart();

        machine.Processes.Launches.ShouldBeEmpty();
        (await machine.Spawner.Live()).ShouldBeEmpty();
    }

    [Fact, Trait("spec", "DR-47")]
    public async Task A_session_whose_process_cannot_be_started_leaves_nothing()
    {
        await using var machine = await TestMachine.Running();
        machine.Processes.Refusal = "the worker program /bin/none does not exist";

        (await Should.ThrowAsync<SessionRefusedException>(machine.Accept("a"))).Message.ShouldBe("start worker: the worker program /bin/none does not exist");

        (await machine.Spawner.Admission()).Active.ShouldBe(0);
        await Should.ThrowAsync<SessionNotFoundException>(machine.Session("a").Detail());
        await Should.ThrowAsync<SessionNotFoundException>(machine.Session("a").Inspect());
        Directory.EnumerateDirectories(machine.State.Records).ShouldBeEmpty();
        machine.Storage.Has("session", "a").ShouldBeFalse();
        machine.Processes.Refusal = null;
        await machine.Accept("a");
    }

    [Theory]
    [InlineData("spawner")]
    [InlineData("session")]
    public async Task A_disk_that_is_full_refuses_the_session_and_leaves_nothing(string stateName)
    {
        await using var machine = await TestMachine.Running();
        machine.Storage.Refuses = name => name == stateName;

        (await Should.ThrowAsync<Exception>(machine.Accept("a"))).GetBaseException().Message.ShouldContain("no space left");

        machine.Processes.AliveCount.ShouldBe(0);
        (await machine.Spawner.Admission()).Active.ShouldBe(0);
        machine.Storage.Refuses = static _ => false;
        await machine.Accept("a");
    }

    [Fact]
    public async Task When_the_disk_fills_up_after_the_start_the_session_goes_on()
    {
        await using var machine = await TestMachine.Running();
        machine.Processes.Launching = _ => machine.Storage.Refuses = static _ => true;

        (await machine.Accept("a")).State.ShouldBe(SessionState.Running);

        machine.Storage.Refuses = static _ => false;
        await machine.Exit("a");
        (await machine.Session("a").Inspect()).State.ShouldBe(SessionState.Completed);
    }

    [Fact]
    public async Task More_resources_than_a_session_may_have_are_refused()
    {
        await using var machine = await TestMachine.Running();

        var refusal = await Should.ThrowAsync<SessionRefusedException>(
            machine.Spawner.Accept(TestMachine.Spec("a") with { Resources = new SessionResources { MemoryMb = 10_000 } }));

        refusal.Message.ShouldContain("session requested 10000 MiB of memory, local offers 8192");
    }

    [Fact]
    public async Task The_worker_gets_its_environment()
    {
        await using var machine = await TestMachine.Running();
        await machine.Spawner.Accept(TestMachine.Spec("a") with { Ref = "main", Env = new Dictionary<string, string> { ["LOG_LEVEL"] = "debug" } });

        var launch = machine.Processes.Launches.ShouldHaveSingleItem();

        launch.Command.ShouldBe(["/bin/true"]);
        launch.Environment["DONMAI_SESSION_ID"].ShouldBe("a");
        launch.Environment["DONMAI_DAEMON_URL"].ShouldBe("http://127.0.0.1:7734");
        launch.Environment["DONMAI_PROJECT_ID"].ShouldBe("billing");
        launch.Environment["LOG_LEVEL"].ShouldBe("debug");
        launch.Environment.Keys.ShouldNotContain("DONMAI_ALLOW_STUB");
        launch.RecordPath.ShouldBe(Path.Combine(machine.State.Records, "a"));
        Directory.Exists(launch.WorkingDirectory).ShouldBeTrue();
        new DirectoryInfo(launch.RecordPath).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task The_worker_is_told_what_is_configured_of_providers_and_by_nobody_else()
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(static current => current with { Providers = new Dictionary<string, ProviderSettings> { ["claude"] = new() { Binary = "/opt/claude" } } });

        await machine.Spawner.Accept(TestMachine.Spec("a") with { Env = new Dictionary<string, string> { [ProviderSettings.Variable] = """{"claude":{"binary":"/tmp/evil"}}""" } });

        var told = machine.Processes.Launches.ShouldHaveSingleItem().Environment[ProviderSettings.Variable];
        ProviderSettings.Read(told)["claude"].Binary.ShouldBe("/opt/claude");
    }

    [Fact]
    public async Task A_password_in_the_url_of_a_repository_is_neither_written_down_nor_passed_on()
    {
        await using var machine = await TestMachine.Running();

        var handle = await machine.Spawner.Accept(TestMachine.Spec("a") with { Repository = "https://x-access-token:hush@github.com/acme/billing" });

        handle.Repository.ShouldBe("https://github.com/acme/billing");
        machine.Storage.Json("session", "a").ShouldNotContain("hush");
        machine.Processes.Launches.ShouldHaveSingleItem().Environment.Values.ShouldAllBe(static value => !value.Contains("hush", StringComparison.Ordinal));
        (await Should.ThrowAsync<SessionRefusedException>(machine.Spawner.Accept(TestMachine.Spec("b") with { Repository = "https://hush@github.com/x/y" })))
            .Message.ShouldBe("repository \"https://github.com/x/y\" is not in the project allowlist");
        machine.Configure(static current => current with { AllowAnyRepository = true });
        (await Should.ThrowAsync<SessionRefusedException>(machine.Spawner.Accept(TestMachine.Spec("b") with { Repository = "https://hush@github.com/x/y" })))
            .Message.ShouldContain("https://github.com/x/y\" carries a user or password");
    }

    [Fact]
    public async Task The_variables_of_a_request_are_never_written_down()
    {
        await using var machine = await TestMachine.Running();
        var written = new ConcurrentQueue<string>();
        machine.Storage.Acknowledges = name =>
        {
            if (name == "session")
                written.Enqueue(machine.Storage.Json("session", "a"));
            return true;
        };

        await machine.Spawner.Accept(TestMachine.Spec("a") with { Env = new Dictionary<string, string> { ["API_KEY"] = "hush" } });
        await machine.Exit("a");

        machine.Processes.Launches.ShouldHaveSingleItem().Environment["API_KEY"].ShouldBe("hush");
        written.ShouldNotBeEmpty();
        written.ShouldAllBe(static json => !json.Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_that_names_the_stub_permits_it_to_the_worker()
    {
        await using var machine = await TestMachine.Running();
        machine.Catalog.Known.Add(new() { Id = "stub" });

        await machine.Spawner.Accept(TestMachine.Spec("a") with { ResolvedProfile = new ResolvedProfile { Provider = "stub" } });

        machine.Processes.Launches.ShouldHaveSingleItem().Environment["DONMAI_ALLOW_STUB"].ShouldBe("1");
        (await machine.Grains.GetGrain<IRoutingTraceGrain>("a").Explain()).Decision.ChosenLlm.ShouldBe("stub");
    }
}
