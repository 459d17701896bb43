using Donmai.Core.Daemon;
using Donmai.Core.Platform;
using FsCheck;
using FsCheck.Fluent;

namespace Donmai.Core.Tests.Platform;

public sealed class Reporting_the_allowlist
{
    [Theory, Trait("spec", "PA-15")]
    [InlineData("d55c2eeb79bc6a9166862cfaa5badc654101c8064e4787634acf21223257800b", "web", "https://github.com/acme/web.git", "api", "github.com/acme/api")]
    [InlineData("0cd33bbcd0cbe7278ceb90da7da21ba65da90d7f3026310521add377f255b16f", "alpha", "github.com/acme/alpha")]
    [InlineData("bd004134849ca646d85104d0f90bea121a2a2861f05c76e07d97dec0361d29f0", "ab", "c")]
    [InlineData("659f6e5742991f4ef127c972729839a1cd4a59f862339c765ddfa4459be3d959", "a", "bc")]
    [InlineData("3f8675e1eea7aaea40488249fefcc254e433a588d8e5c8180f26a106276cd88e", "über", "github.com/acme/über")]
    public void The_vectors_of_the_specification_hold(string hash, params string[] entries) => Report(entries).Hash.ShouldBe(hash);

    [Fact, Trait("spec", "PA-15")]
    public void Entries_are_sorted_by_the_bytes_of_their_ids_and_then_of_their_repositories() =>
        Report("b", "x", "ü", "x", "a", "z", "a", "y", "B", "x").Entries.ConvertAll(static entry => entry.Id + entry.Repository)
            .ShouldBe(["Bx", "ay", "az", "bx", "üx"]);

    [Fact, Trait("spec", "PA-15")]
    public void Entries_without_id_or_repository_are_passed_over() =>
        Report("", "github.com/acme/none", "alpha", "github.com/acme/alpha", "none", "").Hash
            .ShouldBe("0cd33bbcd0cbe7278ceb90da7da21ba65da90d7f3026310521add377f255b16f");

    [Fact, Trait("spec", "PA-15")]
    public void The_order_of_the_configuration_does_not_matter() => Prop.ForAll(
            Lists(),
            static projects => Report(projects).Hash == Report(projects.AsEnumerable().Reverse().ToArray()).Hash
                && Report(projects).Hash == Report([.. projects.OrderBy(static project => project.Repository, StringComparer.Ordinal)]).Hash)
        .QuickCheckThrowOnFailure();

    [Fact, Trait("spec", "PA-16")]
    public void No_projects_are_not_reported_at_all()
    {
        var report = AllowlistReport.Of([]);

        (report.Hash, report.Entries.Count, new AllowlistSending().IsDue("wkr_1", report)).ShouldBe((null, 0, false));
    }

    [Fact]
    public void A_password_in_a_repository_is_not_told() =>
        Report("api", "https://ana:secret@github.com/acme/api").Entries.ShouldHaveSingleItem().Repository.ShouldBe("https://github.com/acme/api");

    [Fact, Trait("spec", "PA-17")]
    public void The_list_is_sent_when_its_hash_is_another_one_than_that_of_the_last_acknowledged_beat()
    {
        var sending = new AllowlistSending();
        var (one, two) = (Report("a", "x"), Report("a", "y"));

        sending.IsDue("wkr_1", one).ShouldBeTrue("nothing was sent yet");
        sending.IsDue("wkr_1", one).ShouldBeTrue("the first beat was lost");
        sending.Acknowledged("wkr_1", one, hadList: true);
        sending.IsDue("wkr_1", one).ShouldBeFalse();
        sending.IsDue("wkr_1", two).ShouldBeTrue("it has changed");
        sending.IsDue("wkr_2", one).ShouldBeTrue("another worker has told nothing");
    }

    [Fact, Trait("spec", "PA-17")]
    public void Every_sixtieth_beat_carries_the_list_again()
    {
        var (sending, report) = (new AllowlistSending(), Report("a", "x"));

        var carried = Enumerable.Range(1, 121).Where(_ => Beat()).ToList();

        carried.ShouldBe([1, 61, 121]);

        bool Beat()
        {
            var due = sending.IsDue("wkr_1", report);
            sending.Acknowledged("wkr_1", report, due);
            return due;
        }
    }

    [Fact]
    public void That_there_are_no_projects_any_more_is_noticed_once_the_platform_knows_of_some()
    {
        var (sending, none) = (new AllowlistSending(), AllowlistReport.Of([]));
        sending.IsEmptied(none).ShouldBeFalse("the platform knows of none");
        sending.Acknowledged("wkr_1", Report("a", "x"), hadList: true);

        sending.IsEmptied(none).ShouldBeTrue();
        sending.IsEmptied(Report("a", "y")).ShouldBeFalse();

        sending.Forget();
        sending.IsEmptied(none).ShouldBeFalse("it was told");
    }

    private static AllowlistReport Report(params string[] entries) => Report([.. entries.Chunk(2).Select(static pair => Project(pair[0], pair[1]))]);

    private static AllowlistReport Report(ProjectConfiguration[] projects) => AllowlistReport.Of(projects);

    private static ProjectConfiguration Project(string id, string repository) => new() { Id = id, Repository = repository };

    private static Arbitrary<ProjectConfiguration[]> Lists()
    {
        var text = Gen.Elements("a", "b", "ab", "B", "ü", "𝄞", "\uffff", "");
        return Gen.ArrayOf(text.SelectMany(id => text.Select(repository => Project(id, repository)))).ToArbitrary();
    }
}
