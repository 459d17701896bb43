using Donmai.Sessions;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Tests.Sessions;

public sealed class Work_orders
{
    private static readonly SessionDetail Minimum = new() { SessionId = "s", PromptContext = "x" };

    [Theory, Trait("spec", "WK-5")]
    [InlineData("gemini", "codex", "amp", "gemini")]
    [InlineData(null, "codex", "amp", "codex")]
    [InlineData(null, null, "amp", "amp")]
    [InlineData(null, " Codex ", "amp", "codex")]
    [InlineData("", "codex", null, "codex")]
    [InlineData(null, null, null, "claude")]
    public void The_provider_chain_ends_in_claude(string? model, string? provider, string? runner, string expected)
    {
        var detail = Minimum with
        {
            ModelProfile = model is null ? null : new ModelProfile { ProviderId = model },
            ResolvedProfile = provider is null && runner is null ? null : new ResolvedProfile { Provider = provider, Runner = runner },
        };
        Order(detail).Provider.ShouldBe(expected);
    }

    [Fact, Trait("spec", "WK-4")]
    public void A_model_profile_wins_except_for_the_credential()
    {
        var order = Order(Minimum with
        {
            ModelProfile = new ModelProfile { ProviderId = "claude", Model = "m1", Mode = "high", Context = 5, MaxOutputTokens = 0 },
            ResolvedProfile = new ResolvedProfile
            {
                Provider = "codex",
                Model = "m2",
                Effort = "low",
                CredentialId = "cred",
                ProviderConfig = new JsonText("""{"contextWindow":1,"keep":"it"}"""),
            },
        });
        (order.Provider, order.Model, order.Effort, order.CredentialId).ShouldBe(("claude", "m1", "high", "cred"));
        order.Configuration.Number("contextWindow").ShouldBe(5);
        order.Configuration.Number("maxOutputTokens").ShouldBeNull();
        order.Configuration.Text("keep").ShouldBe("it");
    }

    [Fact]
    public void Variables_of_an_orchestrated_run_stand_in_only_where_there_is_no_profile()
    {
        var variables = new Dictionary<string, string> { ["DONMAI_AGENT_PROVIDER"] = "Stub", ["DONMAI_AGENT_MODEL"] = "m" };
        var order = WorkOrder.From(Minimum, new WorkerVariables(variables));
        (order.Provider, order.Model).ShouldBe(("stub", "m"));
        WorkOrder.From(Minimum with { ResolvedProfile = new ResolvedProfile { Provider = "codex" } }, new WorkerVariables(variables)).Model.ShouldBe("");
    }

    [Fact, Trait("spec", "WK-6")]
    public void The_minimum_is_checked_in_order_and_platform_members_only_with_a_token()
    {
        Refusal(new SessionDetail()).ShouldContain("session id");
        Refusal(new SessionDetail { SessionId = "s", AuthToken = "t" }).ShouldContain("nothing to do");
        Refusal(Minimum with { AuthToken = "t" }).ShouldContain("platform URL");
        Refusal(Minimum with { AuthToken = "t", PlatformUrl = "https://p" }).ShouldContain("worker id");
        Order(Minimum).Check();
        Order(new SessionDetail { SessionId = "s", StagePrompt = "only this" }).Check();
        Order(Minimum with { AuthToken = "t", PlatformUrl = "https://p", WorkerId = "w" }).Check();
    }

    private static string Refusal(SessionDetail detail)
    {
        var refused = Should.Throw<SessionFailureException>(() => Order(detail).Check());
        refused.End.FailureMode.ShouldBe("prompt-render");
        return refused.Message;
    }

    private static WorkOrder Order(SessionDetail detail) => WorkOrder.From(detail, new WorkerVariables(new Dictionary<string, string>()));
}
