using Donmai.Core.Providers;
using Donmai.Sessions;
using Donmai.Sessions.Events;
using Donmai.Worker.Tests.Providers;

namespace Donmai.Worker.Tests.Sessions;

/// <summary>Whole sessions of codex, gemini and a described program.</summary>
public sealed class Sessions_of_other_agents : IDisposable
{
    private readonly WorkerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Codex()
    {
        var codex = new FakeCodex(_bench.Place).Plays(Codex_fixture.Started(), Codex_fixture.Says("a", "WORK_RESULT:passed"), Codex_fixture.Used(10, 10), Codex_fixture.Completed());
        _bench.Variables["OPENAI_API_KEY"] = "sk-openai-1234567890";
        _bench.Variables["GEMINI_API_KEY"] = "gk";

        (await Run("codex")).ShouldBe(0);

        (_bench.Result.Status, _bench.Result.ProviderSessionId, _bench.Result.Cost!.InputTokens).ShouldBe(("completed", "thr_7", 10));
        codex.Environment["OPENAI_API_KEY"].ShouldBe("sk-openai-1234567890");
        codex.Environment.ShouldNotContainKey("GEMINI_API_KEY");
        codex.Environment.ShouldNotContainKey(ProviderSettings.Variable);
        codex.ToldOf("thread/start").ShouldContain($"\"cwd\":\"{_bench.Tree}\"");
        Deadline.IsAlive(codex.Number("codex.pid")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_described_program_with_the_variables_it_is_given()
    {
        var agent = new FakeAgent(_bench.Place, "aider");
        agent.Play("""{"type":"said","text":"WORK_RESULT:passed"}""", """{"type":"over"}""");
        _bench.Variables["AIDER_KEY"] = "secret-of-aider";
        _bench.Variables["OPENAI_API_KEY"] = "not for it";
        _bench.Variables[ProviderSettings.Variable] = ProviderSettings.Write(new Dictionary<string, ProviderSettings>
        {
            ["aider"] = new()
            {
                Generic = new GenericAgent
                {
                    Command = "aider",
                    Output = AgentOutput.JsonLines,
                    Mapping = new GenericMapping { Kind = "type", Kinds = { ["said"] = "assistant_text", ["over"] = "result" } },
                    Environment = ["AIDER_*"],
                },
            },
        });

        (await Run("aider")).ShouldBe(0);

        _bench.Result.Status.ShouldBe("completed");
        _bench.AgentEvents.OfType<AssistantTextEvent>().Single().Text.ShouldBe("WORK_RESULT:passed");
        agent.Environment()["AIDER_KEY"].ShouldBe("secret-of-aider");
        agent.Environment().ShouldNotContainKey("OPENAI_API_KEY");
        agent.Environment().ShouldNotContainKey(ProviderSettings.Variable);
    }

    [Fact]
    public async Task Settings_that_cannot_be_read_are_said_before_anything_starts()
    {
        _bench.Variables[ProviderSettings.Variable] = "{";
        (await Run("codex")).ShouldBe(2);
        _bench.Exit.Error.ShouldStartWith("DONMAI_PROVIDERS cannot be read: ");
    }

    private Task<int> Run(string provider)
    {
        _bench.Detail = _bench.Detail with { ResolvedProfile = new ResolvedProfile { Provider = provider } };
        return _bench.Run();
    }
}
