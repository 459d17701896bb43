using Donmai.Core.Daemon;
using Donmai.Sessions;

namespace Donmai.Core.Tests.Daemon;

public sealed class Allowlist_matching
{
    private static readonly ProjectAllowlist Allowlist = new(
    [
        Project("billing", "github.com/acme/billing"),
        Project("fw", "git@git.example.net:hw/firmware.git"),
        Project("web", "https://github.com/acme/web"),
    ]);

    [Theory, Trait("spec", "DR-32")]
    [InlineData("billing", "billing")]
    [InlineData("github.com/acme/billing", "billing")]
    [InlineData("https://github.com/acme/billing", "billing")]
    [InlineData("https://github.com/acme/billing.git", "billing")]
    [InlineData("git@github.com:acme/billing.git", "billing")]
    [InlineData("ssh://git@github.com/acme/billing", "billing")]
    [InlineData("acme/billing", "billing")]
    [InlineData("ACME/Billing", "billing")]
    [InlineData("acme/web", "web")]
    [InlineData("github.com/acme/web", "web")]
    [InlineData("web.git", "web")]
    [InlineData("firmware.git", "fw")]
    [InlineData("hw/firmware", "fw")]
    [InlineData("hw/firmware.git", "fw")]
    [InlineData("https://git.example.net/hw/firmware", "fw")]
    [InlineData("https://evil.example/github.com/acme/billing", null)]
    [InlineData("", null)]
    public void The_vectors_of_the_specification_hold(string requested, string? id) => (Allowlist.Match(requested)?.Id).ShouldBe(id);

    [Theory, Trait("spec", "DR-32")]
    [InlineData("", null)]
    [InlineData("https://evil.example/github.com/acme/billing", null)]
    [InlineData("https://github.com/other/billing", null)]
    [InlineData("https://github.com:8443/acme/web", null)]
    [InlineData("https://git.example.net/HW/firmware", null)]
    [InlineData("ext::sh -c id", null)]
    [InlineData("/srv/acme/billing", null)]
    [InlineData("ssh://git@github.com:22/ACME/billing.git/", "billing")]
    [InlineData("https://token@GitHub.com:443/acme/web/", "web")]
    public void Only_the_same_place_is_the_same_repository(string requested, string? id) =>
        (Allowlist.Match(requested)?.Id).ShouldBe(id);

    [Theory]
    [InlineData("/srv/repos/tool", true)]
    [InlineData("/srv/repos/tool/", true)]
    [InlineData("/srv/repos/../repos/tool", true)]
    [InlineData("file:///srv/repos/tool", true)]
    [InlineData("/srv/repos/tool2", false)]
    [InlineData("srv/repos/tool", false)]
    [InlineData("tool", false)]
    public void A_local_path_matches_as_a_whole(string requested, bool matches) =>
        (new ProjectAllowlist([Project("x", "/srv/repos/tool")]).Match(requested) is not null).ShouldBe(matches);

    [Fact]
    public void A_name_that_several_projects_end_with_is_refused_with_their_ids()
    {
        var allowlist = new ProjectAllowlist([Project("a", "github.com/one/api"), Project("b", "github.com/two/api")]);

        var refusal = Should.Throw<SessionRefusedException>(() => allowlist.Match("api"));

        refusal.Message.ShouldBe("repository \"api\" matches several projects (a, b); ask for one of these ids");
        allowlist.Match("one/api")!.Id.ShouldBe("a");
    }

    [Theory]
    [InlineData("github.com/acme/billing", "https://github.com/acme/billing.git")]
    [InlineData("acme/billing", "https://github.com/acme/billing.git")]
    [InlineData("https://github.com/acme/web", "https://github.com/acme/web")]
    [InlineData("git@git.example.net:hw/firmware.git", "git@git.example.net:hw/firmware.git")]
    [InlineData("/srv/repos/tool/", "/srv/repos/tool")]
    [InlineData("file:///srv/repos/tool", "/srv/repos/tool")]
    public void A_clone_source_is_complete(string repository, string source) =>
        ProjectAllowlist.CloneSource(Project("x", repository)).ShouldBe(source);

    private static ProjectConfiguration Project(string id, string repository) => new() { Id = id, Repository = repository };

    [Theory]
    [InlineData("/src/shop", "shop-2")]
    [InlineData("https://github.com/acme/bank.git", "bank")]
    [InlineData("git@github.com:acme/bank", "bank")]
    public void A_repository_without_an_entry_can_be_given_one_under_a_free_id(string repository, string id)
    {
        var allowlist = new ProjectAllowlist([new ProjectConfiguration { Id = "shop", Repository = "/other/shop" }]);

        allowlist.EntryFor(repository).ShouldBe(new ProjectConfiguration { Id = id, Repository = repository });
    }

    [Fact]
    public void A_bare_name_that_is_no_project_is_refused() =>
        Should.Throw<SessionRefusedException>(() => new ProjectAllowlist([]).EntryFor("shop")).Message
            .ShouldBe("repository \"shop\" is neither a directory, nor a URL, nor the id of a project of daemon.yaml");
}
