using Donmai.Core.Daemon.Updates;

namespace Donmai.Core.Tests.Daemon.Updates;

public sealed class Comparing_versions
{
    /// <summary>The table of daemon-runtime.md §13. "was" is the reference's answer where "Beyond the reference" changes it.</summary>
    [Theory, Trait("spec", "DR-49")]
    [InlineData("0.2.0", "0.1.0", true)]
    [InlineData("v0.2.0", "0.1.0", true)]
    [InlineData("0.1.0", "0.1.0", false)]
    [InlineData("0.1.0", "0.2.0", false)]
    [InlineData("1.0.0", "0.99.99", true)]
    [InlineData("0.0.10", "0.0.9", true)]
    [InlineData("1.2.3", "1.2.3-rc1", true)] // was false: what follows the numbers was ignored
    [InlineData("1.2.3-rc2", "1.2.3-rc1", true)] // was false, likewise
    [InlineData("0.9.0", "dev", false)]
    [InlineData("v0.9.0", "dev", false)] // was true: 'v' comes after 'd'
    public void The_table_of_the_specification_holds(string candidate, string current, bool newer) =>
        VersionOrder.IsNewer(candidate, current).ShouldBe(newer);

    /// <summary>Each comes before the next (Semantic Versioning 2.0, §11).</summary>
    [Fact, Trait("spec", "DR-49")]
    public void Precedence_is_that_of_semantic_versioning()
    {
        string[] ascending =
        [
            "0.0.0-0", "0.0.0", "0.9.9", "1.0.0-0", "1.0.0-1", "1.0.0-2", "1.0.0-10", "1.0.0--", "1.0.0-Alpha", "1.0.0-alpha", "1.0.0-alpha.1",
            "1.0.0-alpha.1.0", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0",
            "1.10.0", "2.0.0", "10.0.0", "99999999999999999999.0.0", "100000000000000000000.0.0",
        ];
        for (var low = 0; low < ascending.Length; low++)
        {
            for (var high = 0; high < ascending.Length; high++)
                VersionOrder.IsNewer(ascending[high], ascending[low]).ShouldBe(high > low, $"{ascending[high]} after {ascending[low]}");
        }
    }

    [Theory]
    [InlineData("1.0.0+build.7", "1.0.0")]
    [InlineData("1.0.0-rc.1+001", "v1.0.0-rc.1+exp.sha.5114f85")]
    public void Build_metadata_does_not_count(string left, string right)
    {
        VersionOrder.IsNewer(left, right).ShouldBeFalse();
        VersionOrder.IsNewer(right, left).ShouldBeFalse();
        VersionOrder.IsSame(left, right).ShouldBeTrue();
        VersionOrder.IsExactly(left, right).ShouldBeFalse();
    }

    [Theory]
    [InlineData("1.0.0-alpha.1")]
    [InlineData("v1.0.0-x-y-z.--+--.001")]
    [InlineData("1.0.0-0A.is.legal")]
    public void What_semantic_versioning_allows_is_a_release(string version) => VersionOrder.IsRelease(version).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("v")]
    [InlineData("dev")]
    [InlineData("latest")]
    [InlineData("1")]
    [InlineData("1.2")]
    [InlineData("1.2.3.4")]
    [InlineData("01.2.3")]
    [InlineData("1.02.3")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3-01")]
    [InlineData("1.2.3-a..b")]
    [InlineData("1.2.3+")]
    [InlineData("1.2.3+a+b")]
    [InlineData("1.2.3-ä")]
    [InlineData("1.2.-3")]
    [InlineData("1.2.3 ")]
    [InlineData("１.2.3")]
    [InlineData("1.2.3/../../etc")]
    [InlineData("vv1.2.3")]
    [InlineData("V1.2.3")]
    public void What_is_not_a_version_is_neither_newer_nor_ever_updated(string text)
    {
        VersionOrder.IsRelease(text).ShouldBeFalse();
        VersionOrder.IsNewer(text, "0.0.1").ShouldBeFalse();
        VersionOrder.IsNewer("99.0.0", text).ShouldBeFalse();
    }

    [Fact]
    public void An_endless_version_is_none() => VersionOrder.IsRelease("1.0.0-" + new string('a', 5000)).ShouldBeFalse();
}
