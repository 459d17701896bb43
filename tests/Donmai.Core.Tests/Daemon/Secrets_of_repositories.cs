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

    [Theory]
    [InlineData("https://anna:hunter2@github.com/a/b", "hunter2")]
    [InlineData("https://ghp_123456@github.com/a/b", "ghp_123456")]
    [InlineData("ssh://git:pass@host/a", "pass")]
    [InlineData("ssh://git@host/a", null)]
    [InlineData("git@host:a/b", null)]
    [InlineData("/srv/a@b", null)]
    public void The_password_is_found(string repository, string? password) => RepositorySecrets.PasswordIn(repository).ShouldBe(password);
}
