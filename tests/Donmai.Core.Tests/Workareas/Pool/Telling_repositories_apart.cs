using Donmai.Core.Workareas.Pool;

namespace Donmai.Core.Tests.Workareas.Pool;

public sealed class Telling_repositories_apart
{
    [Theory, Trait("spec", "WA-30")]
    [InlineData("github.com/acme/api")]
    [InlineData("https://github.com/acme/api")]
    [InlineData("https://GitHub.COM/acme/api.git")]
    [InlineData("https://user:secret@github.com/acme/api.git/")]
    [InlineData("http://github.com/acme/api/")]
    [InlineData("ssh://git@github.com/acme/api.git")]
    [InlineData("ssh://git@github.com:22/acme/api.git")]
    [InlineData("git@github.com:acme/api.git")]
    [InlineData("  git@GITHUB.com:acme/api ")]
    public void Every_spelling_of_a_repository_is_the_same(string spelling) => PoolRepository.Normalize(spelling).ShouldBe("github.com/acme/api");

    [Theory]
    [InlineData("file:///srv/git/api.git")]
    [InlineData("/srv/git/api.git/")]
    [InlineData("/srv/git/api")]
    public void One_of_this_machine_is_its_path(string spelling) => PoolRepository.Normalize(spelling).ShouldBe("/srv/git/api");

    [Theory]
    [InlineData("github.com/acme/api2")]
    [InlineData("gitlab.com/acme/api")]
    [InlineData("github.com/acme/API")]
    [InlineData("acme/api")]
    [InlineData("https://github.com:8443/acme/api")]
    public void Others_are_others(string other) => PoolRepository.Normalize(other).ShouldNotBe("github.com/acme/api");

    [Theory]
    [InlineData("go.mod", "module x\ngo 1.23\ntoolchain go1.24\n", "go-1.23")]
    [InlineData(".nvmrc", "v20.18.1\n", "node-20.18.1")]
    [InlineData(".tool-versions", "nodejs 20.1\n# comment\ngolang 1.22\n", "go-1.22+node-20.1")]
    [InlineData("global.json", "{ /* c */ \"sdk\": { \"version\": \"10.0.100\", }, }", "dotnet-10.0.100")]
    [InlineData("rust-toolchain.toml", "[toolchain]\nchannel = \"1.80\"\n", "rust-1.80")]
    [InlineData("rust-toolchain", "nightly\n", "rust-nightly")]
    [InlineData("global.json", "[1", "")]
    [InlineData(".nvmrc", "$(rm -rf /)\n", "")]
    [InlineData(".nvmrc", "", "")]
    public void Tools_are_read_from_what_a_repository_declares(string file, string text, string key)
    {
        var toolchain = new Dictionary<string, string>(StringComparer.Ordinal);

        ToolchainFiles.Add(toolchain, file, text);

        ToolchainFiles.Key(toolchain).ShouldBe(key);
    }
}
