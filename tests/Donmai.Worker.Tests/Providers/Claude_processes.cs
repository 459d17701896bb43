using System.Diagnostics;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers;
using Donmai.Worker.Providers.Claude;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Tests.Providers;

public sealed class Claude_processes : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly FakeAgent _agent;
    private readonly FakeHost _host;
    private readonly ClaudeProvider _provider;

    public Claude_processes()
    {
        _agent = new FakeAgent(_place);
        _host = new FakeHost(_place);
        _provider = new ClaudeProvider(_place.At("probes"), TimeProvider.System);
    }

    public void Dispose() => _place.Dispose();

    [Fact, Trait("spec", "WK-44"), Trait("spec", "WK-46")]
    public async Task A_follow_up_continues_with_everything_the_first_turn_had_and_any_number_of_events()
    {
        _agent.Play(0, Claude_fixture.Init, Claude_fixture.Success);
        _agent.Play(1, [Claude_fixture.Init, .. Enumerable.Range(1, 10_000).Select(static number => Claude_fixture.Says($"{number}")), Claude_fixture.Success]);
        await using var handle = await _provider.Spawn(
            Request() with { Model = "m", SystemPrompt = "S", McpServers = [new McpServer { Name = "a", Command = "/bin/a" }] }, CancellationToken.None);
        (await All(handle)).Count.ShouldBe(2);
        await handle.Inject("And now?", CancellationToken.None);
        var events = await All(handle);
        events.OfType<AssistantTextEvent>().Select(static text => text.Text).ShouldBe(Enumerable.Range(1, 10_000).Select(static number => $"{number}"));

        List<string> expected = [.. _agent.Arguments(0)];
        expected.InsertRange(expected.IndexOf("--model"), ["--resume", "c-1"]);
        _agent.Arguments(1).ShouldBe(expected);
        _agent.Input(1).ShouldBe("And now?");
        _agent.WorkingDirectory(1).ShouldBe(_agent.WorkingDirectory(0));
        _agent.Environment(1).ShouldBe(_agent.Environment(0));
    }

    [Fact, Trait("spec", "WK-45")]
    public async Task A_follow_up_is_refused_before_the_session_is_known_and_while_a_turn_runs()
    {
        _agent.Play(Claude_fixture.Init, "#hang");
        await using var handle = await _provider.Spawn(Request(), CancellationToken.None);
        await Should.ThrowAsync<AgentNotReadyException>(() => handle.Inject("x", CancellationToken.None));
        await foreach (var happening in handle.Turn(CancellationToken.None))
        {
            happening.ShouldBeOfType<InitEvent>();
            break;
        }

        await Should.ThrowAsync<AgentNotReadyException>(() => handle.Inject("x", CancellationToken.None));
    }

    [Fact, Trait("spec", "WK-49")]
    public async Task A_prompt_of_10_MiB_arrives()
    {
        _agent.Play(Claude_fixture.Init, Claude_fixture.Success);
        var prompt = new string('p', 10 * 1024 * 1024);
        await using var handle = await _provider.Spawn(Request() with { Prompt = prompt }, CancellationToken.None);
        await All(handle);
        _agent.Input().ShouldBe(prompt);
    }

    [Fact, Trait("spec", "WK-49")]
    public async Task An_agent_that_never_reads_its_prompt_blocks_nobody()
    {
        _agent.Options("READ_STDIN=").Play(Claude_fixture.Init, Claude_fixture.Success);
        await using var handle = await _provider.Spawn(Request() with { Prompt = new string('p', 1024 * 1024) }, CancellationToken.None);
        (await All(handle)).OfType<ResultEvent>().Single().Success.ShouldBeTrue();
    }

    [Fact, Trait("spec", "WK-24"), Trait("spec", "WK-51")]
    public async Task A_process_that_ends_without_a_result_ends_its_turn_with_the_tail_of_its_complaints()
    {
        _agent.Options("EXIT=3; STDERR=\"$(head -c 9000 /dev/zero | tr '\\0' a)the end\"").Play([.. Claude_fixture.Lines[..^1]]);
        await using var handle = await _provider.Spawn(Request(), CancellationToken.None);
        var events = await All(handle);
        events.Count.ShouldBe(18);
        var error = events[^1].ShouldBeOfType<ErrorEvent>();
        (error.Code, error.Fatal).ShouldBe(("spawn_no_result", true));
        error.Message.ShouldStartWith("claude ended without a result (exit code 3): aaaa");
        error.Message.ShouldEndWith("the end");
        error.Message.Count(static letter => letter == 'a').ShouldBeInRange(8192 - "the end\n".Length, 8192);
    }

    [Fact, Trait("spec", "WK-24"), Trait("spec", "WK-29")]
    public async Task A_helper_that_keeps_the_pipe_open_is_waited_for_two_seconds_and_ended()
    {
        _agent.Options("CHILD=300").Play(Claude_fixture.Init, Claude_fixture.Success);
        await using var handle = await _provider.Spawn(Request(), CancellationToken.None);
        var watch = Stopwatch.StartNew();
        (await All(handle)).OfType<ResultEvent>().ShouldHaveSingleItem();
        watch.Elapsed.TotalSeconds.ShouldBeInRange(1.5, 8);
        Deadline.IsAlive(_agent.Number("child.0")).ShouldBeFalse();
        _host.Warnings.ShouldHaveSingleItem().ShouldContain("1 process");
        _host.Living.ShouldBeEmpty();
    }

    [Fact, Trait("spec", "WK-52")]
    public async Task A_stop_ends_a_deaf_agent_within_eight_seconds_and_leaves_no_file()
    {
        _agent.Options("IGNORE_TERM=1; CHILD=300").Play(Claude_fixture.Init, "#hang");
        var handle = await _provider.Spawn(Request() with { McpServers = [new McpServer { Name = "a", Command = "/bin/a" }] }, CancellationToken.None);
        await Deadline.Until(() => _agent.Has("hanging.0"), "the agent to hang");
        var watch = Stopwatch.StartNew();
        (await handle.Stop(CancellationToken.None)).ShouldBe(new AgentStop(Forced: true, Alive: 0));
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(10);
        await handle.Stop(CancellationToken.None);
        (await All(handle)).OfType<ErrorEvent>().ShouldBeEmpty();
        await handle.DisposeAsync();
        Deadline.IsAlive(_agent.Number("pid.0")).ShouldBeFalse();
        Deadline.IsAlive(_agent.Number("child.0")).ShouldBeFalse();
        Directory.GetFiles(_place.At("private")).ShouldBeEmpty();
    }

    [Fact, Trait("spec", "WK-52")]
    public async Task A_stop_after_the_end_is_harmless_and_a_forced_one_is_at_once()
    {
        _agent.Play(0, Claude_fixture.Init, Claude_fixture.Success);
        _agent.Play(1, Claude_fixture.Init, "#hang");
        await using var ended = await _provider.Spawn(Request(), CancellationToken.None);
        await All(ended);
        (await ended.Stop(CancellationToken.None)).ShouldBe(AgentStop.Clean);

        await using var running = await _provider.Spawn(Request(), CancellationToken.None);
        await Deadline.Until(() => _agent.Has("hanging.1"), "the agent to hang");
        var watch = Stopwatch.StartNew();
        (await running.Stop(new CancellationToken(canceled: true))).Forced.ShouldBeTrue();
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(4);
    }

    [Fact, Trait("spec", "WK-34")]
    public async Task A_turn_has_one_init_and_one_result_and_nothing_after_it()
    {
        _agent.Play(Claude_fixture.Init, Claude_fixture.Init, Claude_fixture.Success, Claude_fixture.Says("late"), Claude_fixture.Success);
        await using var handle = await _provider.Spawn(Request(), CancellationToken.None);
        var events = await All(handle);
        events.Count.ShouldBe(2);
        events[1].ShouldBeOfType<ResultEvent>();
    }

    [Fact, Trait("spec", "WK-44")]
    public async Task A_resumed_session_says_so()
    {
        _agent.Play(Claude_fixture.Init, Claude_fixture.Success);
        await using var handle = await _provider.Resume("c-0", Request(), CancellationToken.None);
        (await All(handle)).OfType<SystemEvent>().Single().Subtype.ShouldBe("resumed");
        _agent.Arguments()[Array.IndexOf(_agent.Arguments(), "--resume") + 1].ShouldBe("c-0");
        await Should.ThrowAsync<ProviderSessionNotFoundException>(() => _provider.Resume("", Request(), CancellationToken.None));
    }

    [Fact]
    public async Task What_the_program_understands_is_asked_once_until_the_program_changes()
    {
        _agent.Help("--append-system-prompt-file <file>");
        await _provider.Prepare(Request().Environment, CancellationToken.None);
        _agent.Help("nothing of the kind");
        var later = new ProgramDescriptions(_place.At("probes"), TimeProvider.System);
        var program = Path.Combine(_agent.Directory, "claude");
        var remembered = await later.Ask(program, Request().Environment, CancellationToken.None);
        (remembered.Names("--append-system-prompt-file"), remembered.Names("--append-system-prompt"), remembered.Version).ShouldBe((true, false, "1.0 (fake)"));
        File.AppendAllText(program, "# newer\n");
        (await later.Ask(program, Request().Environment, CancellationToken.None)).Names("--append-system-prompt-file").ShouldBeFalse();
    }

    [Fact, Trait("spec", "WK-24")]
    public async Task A_leftover_that_floods_the_output_does_not_keep_the_turn_open()
    {
        _agent.Play(Claude_fixture.Init, Claude_fixture.Success).Options("yes spam &");
        await using var handle = await _provider.Spawn(Request(), CancellationToken.None);
        var events = await All(handle).WaitAsync(TimeSpan.FromSeconds(20));
        events.Where(static happening => happening is InitEvent or ResultEvent).Count().ShouldBe(2);
    }

    [Fact, Trait("spec", "WK-69")]
    public async Task A_missing_program_is_named_with_the_way_to_get_it()
    {
        var missing = await Should.ThrowAsync<ProviderUnavailableException>(
            () => _provider.Prepare(new Dictionary<string, string> { ["PATH"] = _place.Make("empty") }, CancellationToken.None));
        missing.Message.ShouldContain("'claude'");
        missing.Message.ShouldContain("npm install");
    }

    [Fact]
    public async Task A_configured_program_is_taken_in_place_of_the_one_on_the_path()
    {
        _agent.Play(Claude_fixture.Init, Claude_fixture.Success);
        await using var configured = new ClaudeProvider(_place.At("probes"), TimeProvider.System, Path.Combine(_agent.Directory, "claude"));
        var elsewhere = Request() with { Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["HOME"] = _place.Root } };
        await using (var handle = await configured.Spawn(elsewhere, CancellationToken.None))
            (await All(handle)).Count.ShouldBe(2);

        await using var missing = new ClaudeProvider(_place.At("probes"), TimeProvider.System, "/nowhere/claude");
        var refusal = await Should.ThrowAsync<ProviderUnavailableException>(() => missing.Prepare(Request().Environment, CancellationToken.None));
        refusal.Message.ShouldBe("provider 'claude' is not available: '/nowhere/claude' (providers.claude.binary of daemon.yaml) is not an executable file");
    }

    private AgentRequest Request() => new()
    {
        Prompt = "Go.",
        WorkingDirectory = _place.Make("work"),
        Environment = new Dictionary<string, string> { ["PATH"] = $"{_agent.Directory}:/usr/bin:/bin", ["HOME"] = _place.Root },
        Host = _host,
    };

    private static async Task<List<AgentEvent>> All(IAgentHandle handle)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var events = new List<AgentEvent>();
        await foreach (var happening in handle.Turn(bound.Token))
            events.Add(happening);
        bound.IsCancellationRequested.ShouldBeFalse();
        return events;
    }
}
