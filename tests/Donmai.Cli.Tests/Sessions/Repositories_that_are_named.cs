using Donmai.Cli.Sessions;
using Donmai.Core.Git;

namespace Donmai.Cli.Tests.Sessions;

public sealed class Repositories_that_are_named : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_directory_inside_of_a_repository_is_the_repository()
    {
        var top = GitRepository.Create(_directory.File("shop"));
        var inside = Directory.CreateDirectory(Path.Combine(top, "src", "deep")).FullName;

        (await Resolve(".", from: inside)).ShouldBe(new RunRepository { Address = top, LocalPath = top });
        (await Resolve("../..", from: inside)).LocalPath.ShouldBe(top);
        (await Resolve(top)).LocalPath.ShouldBe(top);
    }

    [Fact]
    public async Task A_bare_repository_is_one_as_well()
    {
        var top = GitRepository.Create(_directory.File("shop"));
        GitRepository.Git(_directory.Path, "clone", "--quiet", "--bare", top, "shop.git");

        (await Resolve(_directory.File("shop.git"))).LocalPath.ShouldBe(_directory.File("shop.git"));
    }

    [Theory]
    [InlineData("https://github.com/acme/shop")]
    [InlineData("git@github.com:acme/shop.git")]
    [InlineData("github.com/acme/shop")]
    [InlineData("acme-shop")]
    public async Task What_is_no_directory_is_left_to_the_daemon(string text) =>
        (await Resolve(text)).ShouldBe(new RunRepository { Address = text });

    [Fact]
    public async Task Uncommitted_changes_are_noticed()
    {
        var top = GitRepository.Create(_directory.File("shop"));
        await File.WriteAllTextAsync(Path.Combine(top, "new.txt"), "x");

        (await Resolve(top)).HasUncommittedChanges.ShouldBeTrue();
    }

    [Fact]
    public async Task What_has_no_name_in_a_clone_goes_by_its_commit()
    {
        var shop = GitRepository.Create(_directory.File("shop"));
        GitRepository.Git(shop, "tag", "v1");
        var commit = (await File.ReadAllTextAsync(Path.Combine(shop, ".git", "refs", "heads", "main"))).Trim();

        (await Resolve(shop)).Ref.ShouldBeNull();
        (await Resolve(shop, reference: "main")).Ref.ShouldBe("main");
        (await Resolve(shop, reference: "v1")).Ref.ShouldBe("v1");
        (await Resolve(shop, reference: commit)).Ref.ShouldBe(commit);
        (await Resolve(shop, reference: commit[..7])).Ref.ShouldBe(commit);
        (await Resolve(shop, reference: "HEAD")).Ref.ShouldBe(commit);
        (await Resolve("https://github.com/acme/shop", reference: "abc1234")).Ref.ShouldBe("abc1234");
    }

    [Fact]
    public async Task What_cannot_be_run_is_said_before_anything_starts()
    {
        var empty = GitRepository.Create(_directory.File("empty"), withCommit: false);
        var shop = GitRepository.Create(_directory.File("shop"));
        var plain = Directory.CreateDirectory(_directory.File("plain")).FullName;
        var file = _directory.File("file");
        await File.WriteAllTextAsync(file, "");

        (await Refused(_directory.File("nowhere"))).ShouldBe($"There is no directory {_directory.File("nowhere")}; name a git repository or a URL with --repo.");
        (await Refused("./nowhere")).ShouldStartWith("There is no directory ");
        (await Refused(file)).ShouldBe($"{file} is a file; name the directory of a git repository, or a URL.");
        (await Refused(plain)).ShouldBe($"{plain} is not a git repository; name one, or a URL, with --repo.");
        (await Refused(empty)).ShouldBe($"The current branch of {empty} has no commits; commit something first, or name another branch with --ref.");
        (await Refused(shop, reference: "no-such-branch")).ShouldBe($"There is no branch, tag or commit 'no-such-branch' in {shop}.");
        (await Refused(shop, reference: "--help")).ShouldBe($"There is no branch, tag or commit '--help' in {shop}.");
        (await Resolve(shop, reference: "main")).LocalPath.ShouldBe(shop);
    }

    private Task<RunRepository> Resolve(string text, string? reference = null, string? from = null)
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(_directory.Path)!,
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        };
        return new RepositoryResolution(GitProgram.Find(environment, TimeProvider.System)).Resolve(text, reference, from ?? _directory.Path, CancellationToken.None);
    }

    private async Task<string> Refused(string text, string? reference = null)
    {
        var failure = await Should.ThrowAsync<CommandFailureException>(() => Resolve(text, reference));
        failure.ExitCode.ShouldBe(2);
        return failure.Message;
    }
}
