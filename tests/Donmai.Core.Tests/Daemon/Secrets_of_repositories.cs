using Donmai.Core.Daemon;

namespace Donmai.Core.Tests.Daemon;

public sealed class Secrets_of_repositories
{
    [Theory]
    [InlineData("https://token@github.com/a/b", "https://github.com/a/b")]
    [InlineData("HTTPS://u:p%40@h:8443/a@b", "HTTPS://h:8443/a@b")]
    [InlineData("http://u:p@w@h?x=@", "http://h?x=@")]
    [InlineData("ssh://git:pass@h/a", "ssh://h/a")]
    [InlineData("ssh://git@h/a", "ssh://git@h/a")]
    [InlineData("git@github.com:a/b", "git@github.com:a/b")]
    [InlineData("https://h/a@b", "https://h/a@b")]
    [InlineData("file:///srv/a@b:c", "file:///srv/a@b:c")]
    [InlineData("billing", "billing")]
    public void Users_that_may_be_secrets_are_left_out(string repository, string shown) => RepositorySecrets.Strip(repository).ShouldBe(shown);
}
