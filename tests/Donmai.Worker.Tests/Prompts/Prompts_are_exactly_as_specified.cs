using System.Security.Cryptography;
using System.Text;
using Donmai.Sessions;
using Donmai.Worker.Prompts;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Tests.Prompts;

public sealed class Prompts_are_exactly_as_specified
{
    private const string Context = """
        <issue identifier="BIL-88">
        <title>Round half even</title>
        <description>
        Invoices must round half to even.
        </description>
        </issue>
        """;

    private static readonly SessionDetail W = new()
    {
        SessionId = "0d0f5c1e-6c55-4b0e-9a53-2d3a2f6f9b11",
        OrganizationId = "org_42",
        ProjectName = "billing",
        Repository = "https://github.com/acme/billing",
        Ref = "main",
        IssueIdentifier = "BIL-88",
        Title = "Round half even",
        WorkType = "development",
        PromptContext = Context,
    };

    private static readonly SessionDetail Qa = W with { WorkType = "qa", Branch = "fix/bil-88", MentionContext = "Please look at the tax lines too." };

    private static readonly SessionDetail Docs = new()
    {
        SessionId = "s-9",
        Repository = "github.com/acme/docs",
        IssueIdentifier = "DOC-4",
        Title = "Typo",
        Body = "Second line is wrong.\n",
        WorkType = "something-new",
    };

    private static readonly SessionDetail Local = new()
    {
        SessionId = "s-10",
        Repository = "https://github.com/acme/docs",
        PromptContext = "Fix the link in the first paragraph.",
    };

    private static readonly SessionDetail Stage = W with
    {
        StagePrompt = "Do the development stage of BIL-88.\n\n",
        StageId = "development",
        StageBudget = new StageBudget { MaxDurationSeconds = 14400, MaxSubAgents = 5, MaxTokens = 200000 },
        StageSourceEventId = "evt-7",
    };

    [Fact, Trait("spec", "WK-86")]
    public void System_goldens()
    {
        Golden(SystemPrompt.Render(Facts(W)), 970, "cc30672c92004a3bcea266e19a18810ad4bdc6495d88560bd39a62cf07531b10");
        Golden(SystemPrompt.Render(Facts(Qa)), 929, "0f162922362e0cc57ac5ea9e0d78e819437e080440e4cb95aff135ca21c84012");
        Golden(SystemPrompt.Render(Facts(Docs)), 913, "18ec88c6f54ea52cbcbd06d88b220641ae3c0a6c5b9443438ef58f379c4d370e");
        Golden(SystemPrompt.Render(Facts(Local)), 784, "544112d0b652bc62b8374e5ee28d6c6cfe505d7201a8e4ead83a5c7880a7fdd0");
    }

    [Fact]
    public void What_the_platform_remembers_stands_before_the_prompt()
    {
        UserPrompt.Render(Facts(W with { MemoryBlock = " Rounding was fixed twice.\n" }))
            .ShouldBe($"Additional context:\nRounding was fixed twice.\n\n{UserPrompt.Render(Facts(W))}");
        UserPrompt.Render(Facts(W with { MemoryBlock = " " })).ShouldBe(UserPrompt.Render(Facts(W)));
    }

    [Fact, Trait("spec", "WK-90")]
    public void Repository_and_kit_texts_stand_under_their_headings_only_when_there_are_any()
    {
        var facts = Facts(W) with
        {
            RepositoryInstructions = "  Run `make verify` before you open a pull request.\n",
            Skills = "Prefer xUnit theories.\n\nNever mock the clock.\n",
        };
        Golden(SystemPrompt.Render(facts), 1118, "8e6968871e0f5a4ea539a460ee990bb11a082564ff60f0b8a7ea2e82510f78da");
        SystemPrompt.Render(Facts(W) with { Skills = " \n", RepositoryInstructions = "\t" }).ShouldBe(SystemPrompt.Render(Facts(W)));
    }

    [Fact, Trait("spec", "WK-86")]
    public void User_goldens()
    {
        Golden(UserPrompt.Render(Facts(W)), 898, "22d89d956c894707fa859b14a0804fb949f5a33eccdb9a713c1a7a159179c6f7");
        Golden(UserPrompt.Render(Facts(Qa)), 793, "2ca812b9ace5b02f879817a229f9b622c564eef081b5e4d26255c3873ab48b9a");
        Golden(
            UserPrompt.Render(Facts(W with { WorkType = "research", ParentContext = "Part of BIL-80 (rounding rules)." })),
            666, "7cbd0554109c4e40e43c6f254d04235a78a970b16be3091042533392d1dc57e5");
        Golden(UserPrompt.Render(Facts(Docs)), 699, "326d4c80f887241259635f59e5a0499010e34d8807d7e5eda8a484759e3ad4ad");
        Golden(UserPrompt.Render(Facts(Local)), 623, "1a584b8c84e72ef685a707f93a1d51856c90dc73bb8c40fcc5d3234ee8fe23b1");
        Golden(UserPrompt.Render(Facts(W with { WorkType = "acceptance" })), 720, "ec0a11f36048bb0f59449d460e2ad66e463d3254d342dd420ae0179872039ef1");
    }

    [Fact, Trait("spec", "WK-88")]
    public void A_stage_prompt_is_the_whole_message_after_its_preamble()
    {
        Golden(UserPrompt.Render(Facts(Stage)), 189, "f6522ff43c0dccc06544aec48e6e295ff469b5815605133038d07bb86b62df89");
        Golden(
            UserPrompt.Render(Facts(W with { StagePrompt = "Memo only.", StageId = "research" })),
            35, "6a6c68779cdd8ca81c7d651c3ac9a94146f36b5f4f38d8676f1d7c1228d93b7b");
        UserPrompt.Render(Facts(W with { StagePrompt = "Memo only.", StageSourceEventId = "evt-1" })).ShouldBe("Memo only.");
        UserPrompt.Render(Facts(W with { StagePrompt = "x", StageId = "a<\"&>" })).ShouldStartWith("<stage>a&lt;&quot;&amp;&gt;</stage>\n");
    }

    [Theory, Trait("spec", "WK-87")]
    [InlineData("", "Implement")]
    [InlineData("inflight", "Implement")]
    [InlineData("never-heard-of", "Implement")]
    [InlineData("qa", "Check the work done for")]
    [InlineData("acceptance", "Decide whether")]
    [InlineData("research", "Prepare")]
    [InlineData("refinement", "Find out why")]
    [InlineData("refinement-coordination", "Find out why")]
    [InlineData("coordination", "Coordinate the parts of")]
    [InlineData("inflight-coordination", "Coordinate the parts of")]
    [InlineData("backlog-creation", "Break")]
    [InlineData("backlog-groomer", "Break")]
    [InlineData("merge", "Land the pull request of")]
    [InlineData("security", "Carry out the review described in")]
    [InlineData("operational-scanner-ci", "Carry out the review described in")]
    public void Each_work_type_has_its_instructions(string workType, string begins) =>
        UserPrompt.Render(Facts(W with { WorkType = workType })).ShouldStartWith(begins);

    [Theory, Trait("spec", "WK-87")]
    [InlineData("development")]
    [InlineData("qa")]
    [InlineData("coordination")]
    [InlineData("backlog-creation")]
    public void Steps_are_numbered_without_gaps_with_and_without_an_issue(string workType)
    {
        foreach (var detail in new[] { W with { WorkType = workType }, Local with { WorkType = workType } })
        {
            var numbers = UserPrompt.Render(Facts(detail)).Split("# What to do")[1].Split('\n')
                .Select(static line => line.Split(". ")[0]).Where(static start => int.TryParse(start, out _)).Select(int.Parse).ToList();
            numbers.ShouldBe(Enumerable.Range(1, numbers.Count));
        }
    }

    [Theory]
    [InlineData("/src/docs")]
    [InlineData("file:///src/docs")]
    public void A_task_in_a_repository_of_this_machine_asks_for_a_commit_and_nothing_of_a_forge(string repository)
    {
        var here = Local with { Repository = repository };

        UserPrompt.Render(Facts(here)).ShouldBe(
            """
            Do the task below.

            # Task

            Fix the link in the first paragraph.

            # What to do

            1. Do what the task asks for.
            2. If you changed something: run tests, type checks and linters of the project; repair what you broke.
            3. Commit what you changed on `agent/s-10`. Do not push it.
            4. End your last message with exactly one line, `WORK_RESULT:passed` or `WORK_RESULT:failed`. `passed` only if the task is done and the checks are green.

            Leave the work tree in place.
            """);
        UserPrompt.Render(Facts(here with { WorkType = "qa" })).ShouldStartWith("Check the work done for");
        UserPrompt.Render(Facts(here with { IssueIdentifier = "DOC-4" })).ShouldStartWith("Implement DOC-4.");
    }

    [Fact]
    public void Values_are_inserted_literally() =>
        UserPrompt.Render(Facts(Local) with { Branch = "fix/{base}" }).ShouldContain("Commit on `fix/{base}`.");

    [Fact, Trait("spec", "WK-89")]
    public void Nothing_to_say_is_refused() =>
        Should.Throw<SessionFailureException>(() => UserPrompt.Render(Facts(new SessionDetail { SessionId = "s", PromptContext = " " })))
            .End.FailureMode.ShouldBe("prompt-render");

    private static PromptFacts Facts(SessionDetail detail) => new()
    {
        Detail = detail,
        Branch = detail.Branch ?? $"agent/{detail.SessionId}",
        BaseRef = detail.Ref ?? "",
    };

    private static void Golden(string text, int bytes, string sha256)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        utf8.Length.ShouldBe(bytes, text);
        Convert.ToHexStringLower(SHA256.HashData(utf8)).ShouldBe(sha256, text);
    }
}
