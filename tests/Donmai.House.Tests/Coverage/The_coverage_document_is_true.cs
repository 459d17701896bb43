namespace Donmai.House.Tests.Coverage;

/// <summary>docs/coverage.md is generated; a change of the tests without it is noticed here.</summary>
public sealed class The_coverage_document_is_true
{
    private static string DocumentPath => Path.Combine(Repository.Root, "docs", "coverage.md");

    [Fact]
    public void The_document_is_what_the_traits_say()
    {
        if (Environment.GetEnvironmentVariable("DONMAI_WRITE_COVERAGE") is "1")
            File.WriteAllText(DocumentPath, SpecificationCoverage.Document());

        File.ReadAllText(DocumentPath).ShouldBe(SpecificationCoverage.Document());
    }

    [Fact]
    public void Every_trait_names_an_invariant_that_exists() => SpecificationCoverage.UnknownTraits().ShouldBeEmpty();

    [Fact]
    public void What_the_daemon_is_to_do_is_proven_or_it_is_said_why_not() => SpecificationCoverage.Unexplained().ShouldBeEmpty();
}
