using Donmai.Core.Sessions;
using Donmai.Core.Sessions.Templates;
using Donmai.Worker.Tests.Providers;

namespace Donmai.Worker.Tests.Prompts;

public sealed class Templates_of_prompts : IDisposable
{
    private const string Qa = """
        apiVersion: v1
        kind: WorkflowTemplate
        metadata: { name: our-qa, workType: qa }
        prompt: |
          Look at {{issue}} on {{branch}} & <say> so.
          {{#if mentionContext}}
          They said: {{mentionContext}}
          {{else}}
          Nobody said anything.
          {{/if}}
          {{> closing}}
        tools:
          allow: [ Read, Grep, NoSuchTool ]
          disallow: [ WebFetch, { shell: "curl:*" } ]

        """;

    private const string Closing = """
        apiVersion: v1
        kind: PartialTemplate
        metadata: { name: closing }
        content: "End with {{#eq workType 'qa'}}a verdict{{/eq}}."

        """;

    private readonly WorkerBench _bench = new();

    public Templates_of_prompts() =>
        _bench.Detail = _bench.Detail with { WorkType = "qa", IssueIdentifier = "BIL-88", Repository = _bench.Remote.Url };

    public void Dispose() => _bench.Dispose();

    [Fact, Trait("spec", "WK-18")]
    public async Task A_prompt_that_takes_too_long_ends_the_session_before_an_agent_is_started()
    {
        _bench.Variables[SessionRules.Variable] = """{"allowRepositoryTemplates":true}""";
        _bench.Settings = _bench.Settings with { PromptingLimit = TimeSpan.FromTicks(1) };
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.FailureMode, _bench.Agent.Runs).ShouldBe(("prompt-render", 0));
    }

    [Fact]
    public async Task The_owner_s_template_replaces_the_text_of_its_group_and_narrows_the_tools()
    {
        Owner("qa.yaml", Qa);
        Owner("partials/closing.yaml", Closing);
        await Run();
        _bench.Agent.Input().ShouldBe("Look at BIL-88 on agent/s-1 & <say> so.\nNobody said anything.\nEnd with a verdict.");
        var arguments = _bench.Agent.Arguments();
        Argument(arguments, "--allowedTools").ShouldBe("Grep,Read");
        Argument(arguments, "--disallowedTools").ShouldContain("Bash(curl:*)");
        Argument(arguments, "--disallowedTools").ShouldContain("WebFetch");
    }

    [Fact]
    public async Task A_work_item_may_bring_its_system_prompt_and_refuse_tools()
    {
        _bench.Detail = _bench.Detail with { SystemPromptOverride = "You answer in rhymes.\n", DisallowedTools = ["WebSearch", "AskUserQuestion"] };
        await Run();
        var arguments = _bench.Agent.Arguments();
        Argument(arguments, "--append-system-prompt").ShouldBe("You answer in rhymes.");
        Argument(arguments, "--disallowedTools").Split(',').Count(static tool => tool == "AskUserQuestion").ShouldBe(1);
        Argument(arguments, "--disallowedTools").ShouldContain("WebSearch");
    }

    [Theory]
    [InlineData(true, "Theirs at the base.")]
    [InlineData(false, "Check the work done for BIL-88.")]
    public async Task A_repository_s_template_counts_only_where_it_is_allowed_and_only_that_of_the_base(bool allowed, string start)
    {
        _bench.Remote.Commit(".donmai/templates/qa.yaml", Template("Theirs at the base."), "Template");
        _bench.Remote.Seed("push", "--quiet", "origin", "main");
        _bench.Remote.Seed("checkout", "--quiet", "-b", "agent/s-1");
        _bench.Remote.Commit(".donmai/templates/qa.yaml", Template("Theirs on the branch."), "Sneaky");
        _bench.Remote.Seed("push", "--quiet", "origin", "agent/s-1");
        _bench.Variables[SessionRules.Variable] = allowed ? """{"allowRepositoryTemplates":true}""" : "{}";
        _bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Says("WORK_RESULT:passed"), Claude_fixture.Success);
        await _bench.Run();
        _bench.Agent.Input().ShouldStartWith(start);
    }

    [Theory]
    [InlineData("{{nobody}}", "line 1 of the text: there is no variable 'nobody'")]
    [InlineData("a\n{{#if issue}}b", "{{#if}} is not closed")]
    [InlineData("{{#if issue}}b{{/unless}}", "{{#if}} is closed by {{/unless}}")]
    [InlineData("{{/if}}", "{{/if}} closes nothing")]
    [InlineData("{{#each x}}{{/each}}", "there is no block 'each'")]
    [InlineData("{{> gone}}", "there is no part 'gone'")]
    [InlineData("{{#if (like a b)}}{{/if}}", "is no condition")]
    public async Task A_template_that_cannot_be_filled_is_one_clear_failure(string text, string told)
    {
        Owner("qa.yaml", Template(text));
        (await Run()).ShouldBe(1);
        _bench.Result.FailureMode.ShouldBe("prompt-render");
        _bench.Result.Error!.ShouldContain("qa.yaml");
        _bench.Result.Error!.ShouldContain(told);
        _bench.Agent.Runs.ShouldBe(0);
    }

    [Theory]
    [InlineData("prompt: x", "apiVersion is required")]
    [InlineData("apiVersion: v2\nkind: WorkflowTemplate\nmetadata: { name: a, workType: qa }\nprompt: x", "apiVersion is \"v2\"")]
    [InlineData("apiVersion: v1\nkind: Chart\nmetadata: { name: a, workType: qa }\nprompt: x", "kind is \"Chart\"")]
    [InlineData("apiVersion: v1\nkind: WorkflowTemplate\nmetadata: { name: a }\nprompt: x", "metadata.workType is required")]
    [InlineData("apiVersion: v1\nkind: WorkflowTemplate\nmetadata: { name: a, workType: qa }", "prompt is required")]
    [InlineData("apiVersion: v1\nkind: PartialTemplate\nmetadata: { name: a }", "content is required")]
    [InlineData("- a", "must be a mapping")]
    [InlineData("a: [", "t.yaml")]
    public void A_file_that_is_no_template_says_why(string text, string told) =>
        Should.Throw<PromptTemplateException>(() => PromptTemplate.Parse("t.yaml", text)).Message.ShouldContain(told);

    [Theory]
    [InlineData("{{#unless a}}yes{{else}}no{{/unless}}", "no")]
    [InlineData("{{#unless empty}}yes{{/unless}}", "yes")]
    [InlineData("{{#if (eq a \"1\")}}yes{{/if}}", "yes")]
    [InlineData("{{#if (neq a '1')}}yes{{else}}no{{/if}}", "no")]
    [InlineData("{{#hasFlag flags \"two\"}}yes{{/hasFlag}}", "yes")]
    [InlineData("{{#hasFlag flags \"tw\"}}yes{{/hasFlag}}", "")]
    [InlineData("{{#if a}}{{#if empty}}x{{else}}{{html}}{{/if}}{{/if}}", "<b> & {{a}}")]
    [InlineData("{{{html}}}", "<b> & {{a}}")]
    [InlineData("plain } { text", "plain } { text")]
    public void The_language_of_templates(string text, string filled) => TemplateText.Render(
        "t", text, new Dictionary<string, string> { ["a"] = "1", ["empty"] = " ", ["flags"] = "one two", ["html"] = "<b> & {{a}}" }, static _ => null).ShouldBe(filled);

    [Fact]
    public void Parts_that_include_each_other_end() =>
        Should.Throw<PromptTemplateException>(() => TemplateText.Render("t", "{{> a}}", new Dictionary<string, string>(), static _ => "{{> a}}")).Message.ShouldContain("more than 10 deep");

    private static string Template(string text) =>
        $"apiVersion: v1\nkind: WorkflowTemplate\nmetadata: {{ name: x, workType: qa }}\nprompt: |\n  {text.Replace("\n", "\n  ", StringComparison.Ordinal)}\n";

    private void Owner(string name, string text)
    {
        _bench.Place.Write($"templates/{name}", text);
        _bench.Variables[SessionRules.Variable] = $$"""{"templates":"{{_bench.Place.At("templates")}}"}""";
    }

    private Task<int> Run()
    {
        _bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Says("WORK_RESULT:passed"), Claude_fixture.Success);
        return _bench.Run();
    }

    private static string Argument(string[] arguments, string name) => arguments[Array.IndexOf(arguments, name) + 1];
}
