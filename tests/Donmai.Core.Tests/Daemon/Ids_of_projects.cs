using Donmai.Core.Daemon;

namespace Donmai.Core.Tests.Daemon;

public sealed class Ids_of_projects
{
    [Theory]
    [InlineData("github.com/foo/bar", "foo-bar")]
    [InlineData("git@github.com:Foo/Bar.git", "foo-bar")]
    [InlineData("bar", "bar")]
    [InlineData("", "project")]
    [InlineData(" https://github.com/Acme/API_server.git ", "acme-api-server")]
    [InlineData("ssh://git@git.example.net:2222/hw/firmware.git", "hw-firmware")]
    [InlineData("git@host:single", "host-single")]
    [InlineData("https://github.com/a/b/", "a-b")]
    [InlineData("/srv/git/Ünit--x.git", "git-nit-x")]
    [InlineData("---", "project")]
    public void An_id_is_made_of_the_repository(string repository, string id) => ProjectId.FromRepository(repository).ShouldBe(id);
}
