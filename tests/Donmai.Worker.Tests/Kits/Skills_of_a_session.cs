using Donmai.Worker.Kits;
using Donmai.Worker.Tests.Providers;

namespace Donmai.Worker.Tests.Kits;

public sealed class Skills_of_a_session : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _place.Dispose();

    [Theory, Trait("spec", "WK-107")]
    [InlineData("# Profiling\nUse it.\n", "# Profiling\nUse it.", "")]
    [InlineData("---\ntools:\n  disallow:\n    - shell: \"Bash(curl:*)\"\n---\n\n# Profiling\nUse it.\n", "# Profiling\nUse it.", "Bash(curl:*)")]
    [InlineData("---\ntools:\n  disallow:\n    - shell: Bash(curl:*)\n    - shell: 'Bash(wget:*)'\n  allow:\n    - shell: \"Bash(ls:*)\"\n---\nB", "B", "Bash(curl:*)|Bash(wget:*)")]
    [InlineData("---\n[[tools.disallow]]\nshell = \"Bash(curl:*)\"\n\n[[tools.disallow]]\nshell = 'Bash(nc:*)'\n\n[other]\nshell = \"x\"\n---\nB", "B", "Bash(curl:*)|Bash(nc:*)")]
    [InlineData("---\n[tools]\ndisallow = [{ shell = \"Bash(curl:*)\" }, { shell = \"Bash(nc:*)\" }]\n---\nB", "B", "Bash(curl:*)|Bash(nc:*)")]
    [InlineData("---\r\nname: x\r\nshell: \"not a refusal\"\r\n---\r\nB\r\n", "B", "")]
    [InlineData("---\ntools:\n  disallow:\n    - shell: \"Bash(curl:*)\"\n\n# Never closed", "---\ntools:\n  disallow:\n    - shell: \"Bash(curl:*)\"\n\n# Never closed", "")]
    [InlineData("---\n---\n", "", "")]
    public void Front_matter(string text, string body, string refusals)
    {
        var skill = SkillFile.Parse(text);
        (skill.Body, string.Join('|', skill.Refusals)).ShouldBe((body, refusals));
    }

    [Fact, Trait("spec", "WK-107")]
    public void A_file_that_cannot_be_read_is_skipped_with_a_warning()
    {
        _place.Write("a/b.md", "B");
        Read(Source("a", 0, "gone.md", "b.md")).Text.ShouldBe("B");
        _warnings.ShouldHaveSingleItem().ShouldContain("gone.md");
    }

    [Fact, Trait("spec", "WK-108")]
    public void The_order_is_priority_then_name_then_as_listed_and_refusals_come_once()
    {
        const string Refusing = "---\ntools:\n  disallow:\n    - shell: \"X\"\n---\n";
        _place.Write("b/1.md", $"{Refusing}b1");
        _place.Write("b/2.md", "b2");
        _place.Write("a/1.md", $"{Refusing.Replace("\"X\"", "\"Y\"", StringComparison.Ordinal)}a1");
        _place.Write("z/1.md", $"{Refusing}z1");
        var skills = Read(Source("b", 1, "2.md", "1.md"), Source("a", 1, "1.md"), Source("z", 9, "1.md"));
        skills.Text.ShouldBe("z1\n\na1\n\nb2\n\nb1");
        skills.Refusals.ShouldBe(["X", "Y"]);
    }

    [Fact]
    public void The_last_skills_are_cut_where_all_would_be_too_long()
    {
        _place.Write("a/1.md", new string('x', 90 * 1024));
        _place.Write("a/2.md", new string('y', 10 * 1024));
        Read(Source("a", 0, "1.md", "2.md")).Text.Length.ShouldBe(90 * 1024);
        _warnings.ShouldHaveSingleItem().ShouldContain("the last 1");
    }

    [Fact, Trait("spec", "WK-90")]
    public async Task They_reach_the_agent_s_prompt_and_its_refused_tools()
    {
        using var bench = new WorkerBench();
        _place.Write("a/1.md", "---\ntools:\n  disallow:\n    - shell: \"Bash(curl:*)\"\n---\nUse the built-in profiler.");
        bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Success);
        (await bench.Run(bench.Options() with { Skills = [Source("a", 0, "1.md")] })).ShouldBe(0);
        var arguments = string.Join('\n', bench.Agent.Arguments());
        arguments.ShouldContain("# Kit Skills\n\nUse the built-in profiler.");
        arguments.ShouldContain("Bash(curl:*)");
    }

    private SessionSkills Read(params SkillSource[] sources) => SessionSkills.Read(sources, _warnings.Add);

    private SkillSource Source(string id, int priority, params string[] files) =>
        new() { Id = id, Priority = priority, ManifestPath = _place.At(id, "kit.toml"), SkillFiles = files };
}
