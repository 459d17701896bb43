using Donmai.Core.Providers;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers;
using Donmai.Worker.Providers.Codex;

namespace Donmai.Worker.Tests.Providers;

/// <summary>Programs in the place of <c>codex</c> that do what no app server should: each has one clear outcome.</summary>
public sealed class Bad_codex_servers : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly FakeHost _host;

    public Bad_codex_servers() => _host = new FakeHost(_place);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task No_program_at_all()
    {
        _place.Script("bin/codex", "\u0001\u0002 no program");
        (await Should.ThrowAsync<AgentStartException>(Spawn())).Message.ShouldContain("bin/codex' could not be started");
        _host.Living.ShouldBeEmpty();
    }

    [Theory, Trait("spec", "WK-24")]
    [InlineData("exit 0", "codex app-server ended without a result (exit code 0)")]
    [InlineData("echo 'Invalid API key' >&2; exit 3", "codex app-server ended without a result (exit code 3): Invalid API key")]
    [InlineData("kill -9 $$", "codex app-server ended without a result (signal 9)")]
    [InlineData("(sleep 300) & exit 0", "codex app-server ended without a result (exit code 0)")]
    public async Task Ends_without_an_answer(string script, string reason)
    {
        _place.Script("bin/codex", $"#!/bin/sh\n{script}\n");
        (await Should.ThrowAsync<AgentStartException>(Spawn())).Message.ShouldBe(reason);
        _host.Living.ShouldBeEmpty();
    }

    [Theory, Trait("spec", "WK-24")]
    [InlineData("exec sleep 300", "codex could not be started: codex did not answer initialize within 30 s")]
    [InlineData("trap '' TERM; while :; do sleep 1; done", "codex could not be started: codex did not answer initialize within 30 s")]
    [InlineData("exec cat /dev/zero", "codex could not be started: codex did not answer initialize within 30 s")]
    public async Task Never_answers(string script, string reason)
    {
        var hurried = new FakeHost(_place) { Clock = new HurriedClock(hurry: 20) };
        _place.Script("bin/codex", $"#!/bin/sh\n{script}\n");
        (await Should.ThrowAsync<AgentStartException>(Spawn(hurried))).Message.ShouldBe(reason);
        hurried.Living.ShouldBeEmpty();
    }

    [Fact, Trait("spec", "WK-48"), Trait("spec", "WK-50")]
    public async Task Prints_what_is_no_message_first()
    {
        new FakeCodex(_place)
            .Options("head -c 200000 /dev/urandom | tr -d '\\n'; echo; head -c 50000000 /dev/zero | tr '\\0' x; echo; echo '{\"method\":\"\\ud800\"}'")
            .Plays("""{"\ud800":1,"method":"item/started","params":{"\ud800":1,"item":{"id":"a","type":"commandExecution","command":["\ud800"]}}}""", Codex_fixture.Completed());
        await using var handle = await Spawn();

        var events = await Turns.All(handle);

        events.Select(static happening => happening.GetType()).ShouldBe([typeof(InitEvent), typeof(SystemEvent), typeof(ToolUseEvent), typeof(ResultEvent)]);
        events.OfType<SystemEvent>().Single().Message.ShouldBe("a line of 50000000 bytes was skipped");
        events.OfType<ToolUseEvent>().Single().Input!.Text.ShouldBe("{\"command\":\"\ufffd\"}");
    }

    [Fact, Trait("spec", "WK-52")]
    public async Task Is_stopped_when_everything_is_over()
    {
        new FakeCodex(_place).Plays(Codex_fixture.Completed());
        var handle = await Spawn();
        await Turns.All(handle);
        await handle.DisposeAsync();

        (await handle.Stop(CancellationToken.None)).Alive.ShouldBe(0);
        await handle.DisposeAsync();
    }

    private Task<IAgentHandle> Spawn() => Spawn(_host);

    private Task<IAgentHandle> Spawn(FakeHost host) => new CodexProvider(new ProviderSetup(_place.At("memory"), host.Clock, ProviderSettings.None)).Spawn(
        new AgentRequest
        {
            Prompt = "Go.",
            WorkingDirectory = _place.Make("work"),
            Environment = new Dictionary<string, string> { ["PATH"] = $"{_place.At("bin")}:/usr/bin:/bin", ["HOME"] = _place.Make("home") },
            Host = host,
        },
        CancellationToken.None);
}
