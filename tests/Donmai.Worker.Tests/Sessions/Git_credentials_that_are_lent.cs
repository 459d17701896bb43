using Donmai.Sessions;
using Donmai.Worker.Sessions;
using Donmai.Worker.Tests.Providers;

namespace Donmai.Worker.Tests.Sessions;

public sealed class Git_credentials_that_are_lent : IDisposable
{
    private const string Token = "lent-p$4'\"t";
    private const string Repository = "https://git.example.net/acme/billing.git";
    private const string Ask = "#sh printf 'protocol=https\\nhost={0}\\n\\n' | git credential fill > {1} 2>&1";

    private readonly WorkerBench _bench = new();

    public Git_credentials_that_are_lent() => _bench.Place.Write("gitconfig", $"[url \"{_bench.Remote.Url}\"]\n\tinsteadOf = {Repository}\n");

    public void Dispose() => _bench.Dispose();

    [Fact, Trait("spec", "WK-76")]
    public async Task The_agent_s_git_has_the_token_for_that_host_alone_and_no_file_has_it()
    {
        _bench.Detail = _bench.Detail with { Repository = Repository, GitToken = Token, WorkType = "qa" };
        _bench.Agent.Play(
            Claude_fixture.Init,
            Asking("git.example.net", _bench.Place.At("asked")),
            Asking("evil.example.net", _bench.Place.At("refused")),
            $$$"""{"type":"assistant","message":{"content":[{"type":"text","text":"I saw {{{Token.Replace("\"", "\\\"", StringComparison.Ordinal)}}}"}]}}""",
            Claude_fixture.Success);

        (await _bench.Run()).ShouldBe(0, _bench.Exit.Error);

        File.ReadAllText(_bench.Place.At("asked")).ShouldBe($"protocol=https\nhost=git.example.net\nusername=x-access-token\npassword={Token}\n");
        File.ReadAllText(_bench.Place.At("refused")).ShouldNotContain(Token);
        _bench.Agent.Arguments().ShouldNotContain(static argument => argument.Contains("lent-p", StringComparison.Ordinal));
        File.Delete(_bench.Place.At("asked"));
        File.Delete(_bench.Place.At("detail.json"));
        FilesWith("lent-p").ShouldBeEmpty();
        _bench.Remote.InTree(_bench.Tree, "config", "--list", "--local").ShouldNotContain("credential");
    }

    [Theory]
    [InlineData("/usr/bin/own-helper", null)]
    [InlineData(null, "ACME_PAT")]
    public void What_the_project_says_goes_before_what_is_lent(string? helper, string? variable)
    {
        var detail = new SessionDetail
        {
            Repository = Repository,
            GitToken = Token,
            Project = new ProjectCheckout { Git = new ProjectGit { CredentialHelper = helper, TokenVariable = variable } },
        };
        var access = RepositoryAccess.Of(detail);
        (access.LentToken, access.Credentials.CredentialHelper, access.Credentials.TokenVariable).ShouldBe((null, helper, variable));
    }

    [Theory]
    [InlineData("git@git.example.net:acme/billing.git")]
    [InlineData("ssh://git@git.example.net/acme/billing")]
    [InlineData("/srv/billing")]
    [InlineData("file:///srv/billing")]
    public void A_repository_that_git_does_not_reach_through_https_uses_none(string repository) =>
        RepositoryAccess.Of(new SessionDetail { Repository = repository, GitToken = Token }).LentToken.ShouldBeNull();

    [Fact]
    public async Task The_newest_token_is_there_when_the_work_is_delivered()
    {
        _bench.Place.Script("bin/git", $"""
            #!/bin/sh
            case "$*" in *push*) printf '%s\n' "$DONMAI_GIT_TOKEN" >> '{_bench.Place.At("pushed-with")}' ;; esac
            exec /usr/bin/git "$@"

            """);
        await using var neighbours = new Neighbours(_bench.Detail with { Repository = Repository, GitToken = Token });
        neighbours.IsRead = count =>
        {
            neighbours.Detail = neighbours.Detail with { GitToken = count == 1 ? Token : "newer" };
            if (count == 3)
                _bench.Place.Write("renewed", ""); // the second answer was taken
        };
        _bench.Agent.Play(Claude_fixture.Init, $"#sh while [ ! -e '{_bench.Place.At("renewed")}' ]; do sleep 0.05; done", "#commit Fix rounding", Claude_fixture.Success);
        var options = _bench.OptionsWith(neighbours);
        _bench.Settings = _bench.Settings with { PromptingLimit = TimeSpan.FromMinutes(10), SpawnLimit = TimeSpan.FromMinutes(10), PreparingLimit = TimeSpan.FromMinutes(10) };

        await new SessionWorker(_bench.Host() with { Clock = new HurriedClock(hurry: 20) }).Run(options, default);

        File.ReadAllLines(_bench.Place.At("pushed-with")).Distinct().ShouldBe(["newer"]);
    }

    private static string Asking(string host, string file) => Ask.Replace("{0}", host, StringComparison.Ordinal).Replace("{1}", file, StringComparison.Ordinal);

    // Beside what the agent of the test itself is told and writes down.
    private IEnumerable<string> FilesWith(string text) => Directory.EnumerateFiles(_bench.Place.Root, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetDirectoryName(file) != _bench.Agent.Directory && File.ReadAllText(file).Contains(text, StringComparison.Ordinal));
}
