using System.Text.Json;
using Donmai.Core.Platform;
using Donmai.Core.Tests.Daemon;

namespace Donmai.Core.Tests.Platform;

public sealed class Credentials_lent_for_repositories
{
    private readonly ManualTime _clock = new();
    private readonly RepositoryTokens _tokens;

    public Credentials_lent_for_repositories() => _tokens = new RepositoryTokens(_clock);

    [Theory]
    [InlineData("https://github.com/acme/billing", "https://github.com/acme/billing.git")]
    [InlineData("https://github.com/acme/billing.git", "https://GitHub.com/Acme/Billing/")]
    [InlineData("https://git.example:8443/a/b", "https://git.example:8443/a/b.git")]
    public void A_token_is_found_by_every_https_form_of_its_repository(string cloneUrl, string cloneSource)
    {
        _tokens.Take(Credential("t1", cloneUrl)).ShouldBe(0);
        _tokens.For(cloneSource).ShouldBe("t1");
    }

    [Theory]
    [InlineData("https://github.com/acme/billing-2")]
    [InlineData("https://github.example/acme/billing")]
    [InlineData("https://github.com:8443/acme/billing")]
    [InlineData("http://github.com/acme/billing")]
    [InlineData("git@github.com:acme/billing.git")]
    [InlineData("/srv/acme/billing")]
    [InlineData("")]
    public void It_is_for_no_other_repository_and_no_other_way_to_reach_it(string cloneSource)
    {
        _tokens.Take(Credential("t1", "https://github.com/acme/billing"));
        _tokens.For(cloneSource).ShouldBeNull();
    }

    [Fact]
    public void It_is_given_until_it_expires_or_another_takes_its_place()
    {
        _tokens.Take(Credential("t1", "https://h.example/a/b", Now.AddMinutes(5)));
        _tokens.Take(Credential("t2", "https://h.example/a/b", Now.AddMinutes(10)));
        _tokens.For("https://h.example/a/b").ShouldBe("t2");
        _clock.Advance(TimeSpan.FromMinutes(10));
        _tokens.For("https://h.example/a/b").ShouldBeNull();
    }

    [Fact]
    public void What_cannot_be_used_costs_no_other()
    {
        const string Url = "https://h.example/a/b";
        var list = new object?[]
        {
            null, 7, new { }, new { token = "t" }, new { token = 5, cloneUrl = Url }, new { token = "", cloneUrl = Url }, new { token = "a\nhost=evil", cloneUrl = Url },
            new { token = "t", cloneUrl = "ssh://h/a" }, new { token = "t", cloneUrl = "https://h.example" }, new { token = "t", cloneUrl = Url, expiresAt = "soon" },
            new { token = "t", cloneUrl = Url, expiresAt = 5 }, new { token = new string('x', 20_000), cloneUrl = Url },
            new { token = "good", cloneUrl = "https://h.example/c/d", expiresAt = (string?)null },
        };
        _tokens.Take(new JsonText(JsonSerializer.Serialize(list))).ShouldBe(12);
        (_tokens.For(Url), _tokens.For("https://h.example/c/d")).ShouldBe((null, "good"));
    }

    [Theory]
    [InlineData("null", 0)]
    [InlineData("[]", 0)]
    [InlineData("{\"token\":\"t\"}", 1)]
    [InlineData("\"t\"", 1)]
    public void What_is_no_list_holds_none(string credentials, int unusable) => _tokens.Take(new JsonText(credentials)).ShouldBe(unusable);

    [Fact]
    public void Of_too_many_those_that_end_first_go()
    {
        var list = Enumerable.Range(0, 1025).Select(n => new { token = $"t{n}", cloneUrl = $"https://h.example/a/r{n}", expiresAt = Now.AddMinutes(2000 - n) });
        _tokens.Take(new JsonText(JsonSerializer.Serialize(list))).ShouldBe(0);
        (_tokens.For("https://h.example/a/r1024"), _tokens.For("https://h.example/a/r1023"), _tokens.For("https://h.example/a/r0")).ShouldBe((null, "t1023", "t0"));
    }

    private DateTimeOffset Now => _clock.GetUtcNow();

    private static JsonText Credential(string token, string cloneUrl, DateTimeOffset? expiresAt = null) =>
        new(JsonSerializer.Serialize(new[] { new { token, cloneUrl, expiresAt } }));
}
