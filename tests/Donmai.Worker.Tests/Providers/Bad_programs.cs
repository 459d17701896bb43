using Donmai.Sessions.Events;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Tests.Providers;

/// <summary>Agents' programs that do what no program should: each adapter has one clear outcome.</summary>
public sealed class Bad_programs : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly FakeHost _host;

    public Bad_programs() => _host = new FakeHost(_place);

    public static TheoryData<string> Agents => ProcessAgent.Names;

    public static TheoryData<string> Bundled => ProcessAgent.Bundled;

    public void Dispose() => _place.Dispose();

    [Theory, MemberData(nameof(Agents)), Trait("spec", "WK-69")]
    public async Task Missing(string name)
    {
        await using var provider = ProcessAgent.Of(name).Construct(_place);
        _place.Make("bin");

        provider.Locate(ProcessAgent.Environment(_place)).Missing!.ShouldContain(ProcessAgent.Of(name).Missing);
        (await Should.ThrowAsync<ProviderUnavailableException>(() => provider.Prepare(ProcessAgent.Environment(_place), CancellationToken.None)))
            .Message.ShouldContain($"provider '{name}' is not available: {ProcessAgent.Of(name).Missing}");
        await Should.ThrowAsync<ProviderUnavailableException>(() => provider.Spawn(Request(), CancellationToken.None));
    }

    [Theory, MemberData(nameof(Agents))]
    public async Task No_program_at_all(string name)
    {
        _place.Script($"bin/{name}", "\u0001\u0002 no program");
        await using var provider = ProcessAgent.Of(name).Construct(_place);

        await provider.Prepare(ProcessAgent.Environment(_place), CancellationToken.None);

        (await Should.ThrowAsync<AgentStartException>(() => provider.Spawn(Request(), CancellationToken.None))).Message.ShouldContain($"bin/{name}' could not be started");
        _host.Living.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Agents)), Trait("spec", "WK-24")]
    public async Task Ends_at_once(string name)
    {
        var error = (await Play(name, "EXIT=3; STDERR='Invalid API key'; READ_STDIN=")).ShouldHaveSingleItem().ShouldBeOfType<ErrorEvent>();

        (error.Code, error.Fatal).ShouldBe(("spawn_no_result", true));
        error.Message.ShouldBe($"{name} ended without a result (exit code 3): Invalid API key");
        KnownTroubles.Of(error.Message).ShouldBe(KnownTrouble.Authentication);
    }

    [Theory, MemberData(nameof(Agents)), Trait("spec", "WK-24")]
    public async Task Says_nothing(string name) =>
        (await Play(name, "")).ShouldHaveSingleItem().ShouldBeOfType<ErrorEvent>().Message.ShouldBe($"{name} ended without a result (exit code 0)");

    [Theory, MemberData(nameof(Agents)), Trait("spec", "WK-24")]
    public async Task Is_killed(string name) =>
        (await Play(name, "kill -9 $$")).ShouldHaveSingleItem().ShouldBeOfType<ErrorEvent>().Message.ShouldContain("9");

    [Theory, MemberData(nameof(Agents)), Trait("spec", "WK-48")]
    public async Task Prints_what_is_no_text(string name)
    {
        var events = await Play(name, "", "#binary 200000");

        events[^1].ShouldBeOfType<ErrorEvent>().Code.ShouldBe("spawn_no_result");
        events[..^1].ShouldAllBe(static notice => notice is SystemEvent && ((SystemEvent)notice).Message!.Length <= 200);
    }

    [Theory, MemberData(nameof(Agents)), Trait("spec", "WK-48"), Trait("spec", "WK-50")]
    public async Task Prints_a_line_of_50_MB_and_goes_on(string name)
    {
        var agent = ProcessAgent.Of(name);
        var events = await Play(name, "", [.. agent.Begin, "#long 50000000", "#long 5000000", .. agent.Succeed]);

        events.OfType<SystemEvent>().Select(static notice => notice.Subtype).ShouldBe(["oversize_line", "undecodable_line"]);
        events.OfType<SystemEvent>().First().Message.ShouldBe("a line of 50000000 bytes was skipped");
        events[^1].ShouldBeOfType<ResultEvent>().Success.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Agents)), Trait("spec", "WK-29")]
    public async Task Never_ends_and_ignores_the_request_to(string name)
    {
        var fake = new FakeAgent(_place, name).Options("IGNORE_TERM=1").Play([.. ProcessAgent.Of(name).Begin, "#hang"]);
        await using var provider = ProcessAgent.Of(name).Construct(_place);
        await using var handle = await provider.Spawn(Request() with { Host = new FakeHost(_place) { Clock = new HurriedClock() } }, CancellationToken.None);
        await Deadline.Until(() => fake.Has("hanging.0"), "the agent to hang");

        (await handle.Stop(CancellationToken.None)).ShouldBe(new AgentStop(Forced: true, Alive: 0));

        (await Turns.All(handle)).ShouldNotContain(static happening => happening is ErrorEvent || happening is ResultEvent);
        Deadline.IsAlive(fake.Number("pid.0")).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Agents)), Trait("spec", "WK-24"), Trait("spec", "WK-29")]
    public async Task Goes_away_into_the_background(string name)
    {
        var agent = ProcessAgent.Of(name);

        var events = await Play(name, "", [.. agent.Begin, "#away"]);

        events[^1].ShouldBeOfType<ErrorEvent>().Message.ShouldBe($"{name} ended without a result (exit code 0)");
        _host.Warnings.ShouldHaveSingleItem().ShouldContain("left behind");
        _host.Living.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Agents)), Trait("spec", "WK-49")]
    public async Task Never_reads_its_prompt(string name)
    {
        var agent = ProcessAgent.Of(name);
        new FakeAgent(_place, name).Options("READ_STDIN=").Play([.. agent.Begin, .. agent.Succeed]);
        await using var provider = agent.Construct(_place);
        await using var handle = await provider.Spawn(Request() with { Prompt = new string('p', 1024 * 1024) }, CancellationToken.None);

        (await Turns.All(handle))[^1].ShouldBeOfType<ResultEvent>().Success.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Agents)), Trait("spec", "WK-52")]
    public async Task Is_stopped_when_everything_is_over(string name)
    {
        var agent = ProcessAgent.Of(name);
        new FakeAgent(_place, name).Play([.. agent.Begin, .. agent.Succeed]);
        await using var provider = agent.Construct(_place);
        var handle = await provider.Spawn(Request(), CancellationToken.None);
        await Turns.All(handle);
        await handle.DisposeAsync();

        (await handle.Stop(CancellationToken.None)).ShouldBe(AgentStop.Clean);
        await handle.DisposeAsync();
    }

    [Theory, MemberData(nameof(Bundled))]
    public async Task Is_named_with_its_version_and_quoted_where_that_is_wanted(string name)
    {
        var agent = ProcessAgent.Of(name);
        new FakeAgent(_place, name).Play(["no json", .. agent.Begin, .. agent.Succeed]);
        await using var provider = agent.Construct(_place);
        await using var handle = await provider.Spawn(Request() with { KeepsRaw = true }, CancellationToken.None);

        var events = await Turns.All(handle);

        events[0].ShouldBeOfType<InitEvent>().Raw!.Text.ShouldBe("""{"version":"1.0 (fake)"}""");
        events[1].ShouldBeOfType<SystemEvent>().Raw.ShouldBeNull();
    }

    private async Task<List<AgentEvent>> Play(string name, string options, params string[] lines)
    {
        new FakeAgent(_place, name).Options(options).Play(lines);
        await using var provider = ProcessAgent.Of(name).Construct(_place);
        await using var handle = await provider.Spawn(Request(), CancellationToken.None);
        return await Turns.All(handle);
    }

    private AgentRequest Request() => new()
    {
        Prompt = "Go.",
        WorkingDirectory = _place.Make("work"),
        Environment = ProcessAgent.Environment(_place),
        Host = _host,
    };
}
