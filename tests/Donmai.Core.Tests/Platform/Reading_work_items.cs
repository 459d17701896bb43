using System.Text.Json;
using Donmai.Core.Daemon;
using Donmai.Core.Platform;
using Donmai.Sessions;

namespace Donmai.Core.Tests.Platform;

public sealed class Reading_work_items
{
    private const string Example = """
        {"sessionId":"0d0f5c1e-6c55-4b0e-9a53-2d3a2f6f9b11","issueId":"3b9e","issueIdentifier":"BIL-88",
         "priority":2,"queuedAt":1779096600123,"workType":"development","projectName":"billing",
         "repository":"https://github.com/acme/billing","ref":"main","title":"Round half even",
         "resolvedProfile":{"provider":"claude","model":"claude-sonnet-4-5"}}
        """;

    private static readonly ProjectAllowlist Allowlist = new(
    [
        new ProjectConfiguration { Id = "billing", Repository = "github.com/acme/billing" },
        new ProjectConfiguration { Id = "billing-2", Repository = "github.com/other/billing" },
    ]);

    [Fact, Trait("spec", "PA-21")]
    public void The_example_of_the_specification_is_read_with_its_number_for_a_time()
    {
        var work = FetchedWork.Read(new JsonText(Example));

        (work.SessionId, work.Item?.IssueIdentifier, work.Item?.ResolvedProfile?.Model, work.Problem)
            .ShouldBe(("0d0f5c1e-6c55-4b0e-9a53-2d3a2f6f9b11", "BIL-88", "claude-sonnet-4-5", ""));
    }

    [Theory, Trait("spec", "PA-21")]
    [InlineData("""{"sessionId":"s1","weather":{"wind":[1,2]},"queuedAt":1.5e3}""")]
    [InlineData("""{"sessionId":"s1","queuedAt":"yesterday","priority":"high"}""")]
    [InlineData("""{"SessionID":"s1"}""")]
    public void Fields_that_nobody_knows_and_those_that_nobody_reads_do_not_matter(string item) =>
        FetchedWork.Read(new JsonText(item)).Item?.SessionId.ShouldBe("s1");

    [Theory]
    [InlineData("""{"sessionId":"s1","title":5}""", "s1")]
    [InlineData("""{"sessionId":"s1","env":["A=1"]}""", "s1")]
    [InlineData("""{"sessionId":"s1","maxDurationSeconds":"long"}""", "s1")]
    [InlineData("""{"sessionId":"s1","title":"half \ud800"}""", "s1")]
    [InlineData("""{"sessionId":"","title":"none"}""", "")]
    [InlineData("""{"sessionId":null}""", "")]
    [InlineData("""{"sessionId":7}""", "")]
    [InlineData("""{"sessionId":"\ud800"}""", "")]
    [InlineData("{}", "")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("7", "")]
    [InlineData("\"s1\"", "")]
    public void A_malformed_item_tells_its_session_if_it_can_and_what_is_wrong(string item, string sessionId)
    {
        var work = FetchedWork.Read(new JsonText(item));

        work.SessionId.ShouldBe(sessionId);
        work.Item.ShouldBeNull();
        work.Problem.ShouldNotBeEmpty();
    }

    [Fact]
    public void An_item_that_no_worker_could_read_again_and_again_is_refused()
    {
        var work = FetchedWork.Read(new JsonText($$"""{"sessionId":"s1","body":"{{new string('x', 10_000_000)}}"}"""));

        work.SessionId.ShouldBe("s1");
        work.Item.ShouldBeNull();
        work.Problem.ShouldContain("1048576");
    }

    [Fact, Trait("spec", "PA-22")]
    public void The_fields_go_where_they_belong()
    {
        var raw = new JsonText("""
            {"sessionId":"s1","repository":"billing","ref":"main","env":{"A":"1"},"maxDurationSeconds":60,"resources":{"vCpu":2,"memoryMb":512},
             "promptContext":"p","title":"t","branch":"b","workType":"qa","providerSessionId":"ps","modelProfile":{"id":"m","providerId":"codex","model":"x"}}
            """);

        var spec = FetchedWork.Spec(FetchedWork.Read(raw).Item!, raw, Allowlist);

        spec.WorkItem.ShouldBe(raw);
        (spec with { WorkItem = null, Env = null }).ShouldBe(new SessionSpec
        {
            SessionId = "s1",
            Repository = "billing",
            Ref = "main",
            MaxDurationSeconds = 60,
            Resources = new SessionResources { VCpu = 2, MemoryMb = 512 },
            PromptContext = "p",
            Title = "t",
            Branch = "b",
            WorkType = "qa",
            ProviderSessionId = "ps",
            ModelProfile = new ModelProfile { Id = "m", ProviderId = "codex", Model = "x" },
        });
        spec.Env!["A"].ShouldBe("1");
    }

    [Theory, Trait("spec", "PA-22")]
    [InlineData("https://github.com/acme/billing.git", "other", "https://github.com/acme/billing.git")]
    [InlineData("https://elsewhere.example/x/y", "billing", "billing")]
    [InlineData("", "billing", "billing")]
    [InlineData("acme/unknown", "unknown", "acme/unknown")]
    [InlineData("", "unknown", "unknown")]
    [InlineData("", "", "")]
    public void The_repository_is_looked_for_before_the_name_of_the_project(string repository, string projectName, string asked)
    {
        var raw = new JsonText($$"""{"sessionId":"s1","repository":"{{repository}}","projectName":"{{projectName}}"}""");

        FetchedWork.Spec(WorkItem.Read(raw), raw, Allowlist).Repository.ShouldBe(asked);
    }

    [Fact]
    public void A_repository_that_could_be_several_projects_does_not_hide_the_project_that_is_named()
    {
        var raw = new JsonText("""{"sessionId":"s1","repository":"billing.git","projectName":"billing-2"}""");

        FetchedWork.Spec(WorkItem.Read(raw), raw, Allowlist).Repository.ShouldBe("billing-2");
    }

    [Fact, Trait("spec", "DR-48")]
    public void What_no_member_of_the_detail_has_is_kept_and_what_the_daemon_says_itself_is_not()
    {
        var raw = new JsonText("""
            {"sessionId":"s1","title":"t","AuthToken":"mine","stop":true,"env":{"TOKEN":"x"},"priority":0,"queuedAt":1779096600123,"new":{"a":[1.50]},"n\u0065wer":"\u00fc","newer":2}
            """);

        var others = JsonDocument.Parse(WorkItem.OtherFields(raw)!.Text).RootElement.EnumerateObject().ToDictionary(static f => f.Name, static f => f.Value.GetRawText());

        others.ShouldBe(new Dictionary<string, string> { ["priority"] = "0", ["queuedAt"] = "1779096600123", ["new"] = """{"a":[1.50]}""", ["newer"] = "2" });
        WorkItem.OtherFields(new JsonText("""{"sessionId":"s1"}""")).ShouldBeNull();
    }

    [Fact]
    public void Variables_are_not_recorded() =>
        WorkItem.ToRecord(new JsonText("""{"sessionId":"s1","Env":{"TOKEN":"x"},"title":"t"}""")).Text.ShouldBe("""{"sessionId":"s1","title":"t"}""");
}
