using System.Net;
using Donmai.Sessions;

namespace Donmai.EndToEnd.Tests.Sessions;

/// <summary>What people and programs get wrong, and what they are told.</summary>
public sealed class Bad_input_gets_one_clear_sentence : IDisposable
{
    private readonly Installation _installation = new();
    private readonly GitRepository _repository;

    public Bad_input_gets_one_clear_sentence() =>
        _repository = GitRepository.Create(Path.Combine(_installation.Directory, "shop"), files: 3);

    public void Dispose() => _installation.Dispose();

    [Fact]
    public async Task A_directory_that_is_no_repository()
    {
        var outcome = await _installation.Run("run", "--repo", _installation.Home, "--provider", "stub", "--prompt", "x");

        Refused(outcome, "not a git repository");
    }

    [Fact]
    public async Task A_repository_that_does_not_exist()
    {
        var outcome = await _installation.Run("run", "--repo", Path.Combine(_installation.Directory, "nowhere"), "--provider", "stub", "--prompt", "x");

        Refused(outcome, "nowhere");
    }

    [Fact]
    public async Task A_branch_that_does_not_exist()
    {
        var outcome = await _installation.Run("run", "--repo", _repository.Path, "--ref", "no-such-branch", "--provider", "stub", "--prompt", "x");

        Refused(outcome, "no-such-branch");
        NoTreeIsLeft();
    }

    [Fact]
    public async Task A_repository_without_commits()
    {
        var empty = Path.Combine(_installation.Directory, "empty");
        Directory.CreateDirectory(empty);
        GitRepository.Git(empty, "init", "--quiet", "--initial-branch=main");

        var outcome = await _installation.Run("run", "--repo", empty, "--provider", "stub", "--prompt", "x");

        Refused(outcome, "no commits");
        NoTreeIsLeft();
    }

    [Fact]
    public async Task A_provider_that_is_not_installed()
    {
        var outcome = await _installation.Run("run", "--repo", _repository.Path, "--provider", "claude", "--prompt", "x");

        Refused(outcome, "claude");
    }

    [Fact]
    public async Task A_provider_nobody_knows()
    {
        var outcome = await _installation.Run("run", "--repo", _repository.Path, "--provider", "cloude", "--prompt", "x");

        Refused(outcome, "cloude");
    }

    [Fact]
    public async Task A_prompt_of_one_megabyte_is_worked_on_and_a_larger_one_refused()
    {
        var file = Path.Combine(_installation.Directory, "prompt");
        await File.WriteAllTextAsync(file, new string('x', 1_000_000));
        (await _installation.Run("run", "--repo", _repository.Path, "--prompt-file", file, "--provider", "stub")).ExitCode.ShouldBe(0);

        await File.WriteAllTextAsync(file, new string('x', 1_100_000));
        Refused(await _installation.Run("run", "--repo", _repository.Path, "--prompt-file", file, "--provider", "stub"), "1 MiB");
    }

    [Fact]
    public async Task Bodies_and_ids_that_are_not_usable()
    {
        _installation.Configure(capacity: 2, ("shop", _repository.Path));
        await using var daemon = await RunningDaemon.Start(_installation);

        (await daemon.Post("/api/daemon/sessions", "this is no JSON")).ShouldSatisfyAllConditions(
            static answer => answer.Status.ShouldBe(HttpStatusCode.BadRequest),
            static answer => answer.Body.ShouldContain("invalid body: "));
        foreach (var id in new[] { "../../etc", "a/b", "", new string('x', 129), "ümlaut" })
        {
            var (status, body) = await daemon.Submit(new() { SessionId = id, Repository = "shop" });
            status.ShouldBe(HttpStatusCode.BadRequest, id);
            body.ShouldContain("\"error\":", Case.Sensitive, id);
        }

        (await daemon.Submit(new() { SessionId = "ok", Repository = "github.com/somebody/else" })).Body
            .ShouldContain("repository \\\"github.com/somebody/else\\\" is not in the project allowlist");
        (await daemon.Get<List<SessionHandle>>("/api/daemon/sessions")).ShouldBeEmpty();
        Directory.Exists(Path.Combine(_installation.State, "worktrees", ".records", "ok")).ShouldBeFalse();
    }

    private static void Refused(ProgramOutcome outcome, string because)
    {
        outcome.ExitCode.ShouldNotBe(0, outcome.ToString());
        (outcome.Output + outcome.Error).ShouldContain(because, Case.Insensitive, outcome.ToString());
        (outcome.Output + outcome.Error).ShouldNotContain("   at Donmai", Case.Sensitive, "people are not shown a stack trace");
    }

    private void NoTreeIsLeft() =>
        new[] { "worktrees", "workareas" }
            .Select(name => new DirectoryInfo(Path.Combine(_installation.State, name)))
            .Where(static directory => directory.Exists)
            .SelectMany(static directory => directory.GetDirectories())
            .Where(static tree => !tree.Name.StartsWith('.'))
            .ShouldBeEmpty();
}
