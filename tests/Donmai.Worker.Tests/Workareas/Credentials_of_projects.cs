using Donmai.Sessions;

namespace Donmai.Worker.Tests.Workareas;

/// <summary>What a project says about git reaches git: from the session's detail through the worker to the program.</summary>
public sealed class Credentials_of_projects : IDisposable
{
    private readonly WorkerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory, Trait("spec", "WK-76")]
    [InlineData("shallow", "1")]
    [InlineData("full", "3")]
    [InlineData("reference-clone", "3")]
    public async Task Each_strategy_clones_with_the_key_of_the_project(string strategy, string commits)
    {
        _bench.Remote.PushMain(2);
        _bench.Place.Script("bin/ssh", $"#!/bin/sh\necho \"$@\" >> '{_bench.Place.At("ssh.argv")}'\nfor last; do :; done\nexec /bin/sh -c \"$last\"\n");
        var key = _bench.Place.Write("keys/it's a key", "");
        _bench.Stub("succeed-with-pr");
        _bench.Detail = _bench.Detail with
        {
            Repository = $"ssh://git@shop.example{_bench.Place.At("remote.git")}",
            Project = new ProjectCheckout { CloneStrategy = strategy, Git = new ProjectGit { SshKey = key } },
        };

        await _bench.Run();

        _bench.Remote.InTree(_bench.Tree, "rev-list", "--count", "origin/main").Trim().ShouldBe(commits);
        var calls = File.ReadAllLines(_bench.Place.At("ssh.argv"));
        calls.ShouldAllBe(call => call.Contains($"-o BatchMode=yes -o StrictHostKeyChecking=accept-new -i {key} -o IdentitiesOnly=yes ", StringComparison.Ordinal));
        File.ReadAllText(Path.Combine(_bench.Tree, ".git", "config")).ShouldNotContain("keys");
    }

    [Theory, Trait("spec", "WK-76")]
    [InlineData("shallow")]
    [InlineData("full")]
    [InlineData("reference-clone")]
    public async Task Each_strategy_asks_the_helper_of_the_project_and_no_other(string strategy)
    {
        await using var server = new AskingServer();
        var helper = _bench.Place.Script("helper", "#!/bin/sh\n[ \"$1\" = get ] && echo username=ana && echo password=open-sesame\n");
        _bench.Place.Write("gitconfig", $"[http]\n\tsslVerify = false\n[credential]\n\thelper = \"!f() {{ echo username=user; echo password=user; }}; f\"\n");
        _bench.Stub("succeed-with-pr");
        _bench.Detail = _bench.Detail with
        {
            Repository = server.Repository,
            Project = new ProjectCheckout { CloneStrategy = strategy, Git = new ProjectGit { CredentialHelper = helper } },
        };

        await _bench.Run();

        server.Shown.ShouldBe("ana:open-sesame");
        _bench.Result.FailureMode.ShouldBe("worktree-provision");
        File.ReadAllText(Path.Combine(_bench.Record, "events.jsonl")).ShouldNotContain("open-sesame");
    }
}
