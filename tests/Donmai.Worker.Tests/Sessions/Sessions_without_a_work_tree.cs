using Donmai.Worker.Tests.Providers;

namespace Donmai.Worker.Tests.Sessions;

public sealed class Sessions_without_a_work_tree : IDisposable
{
    private readonly WorkerBench _bench = new();

    public Sessions_without_a_work_tree() => _bench.Variables["DONMAI_WORKSPACE_ACCESS"] = "none";

    public void Dispose() => _bench.Dispose();

    [Fact, Trait("spec", "WK-94")]
    public async Task The_agent_works_in_an_empty_directory_that_is_gone_afterwards_and_nothing_is_cloned_or_delivered()
    {
        _bench.Agent.Play(Claude_fixture.Init, $"#sh ls -A > '{_bench.Place.At("seen")}'; echo x > left.txt", Claude_fixture.Says("WORK_RESULT:passed"), Claude_fixture.Success);
        _bench.Place.Script("bin/git", $"#!/bin/sh\ntouch '{_bench.Place.At("git-ran")}'\nexit 1\n");
        var options = _bench.Options();

        (await _bench.Run(options)).ShouldBe(0, _bench.Error.ToString());

        File.ReadAllText(_bench.Place.At("seen")).ShouldBeEmpty();
        Directory.Exists(_bench.Agent.WorkingDirectory()).ShouldBeFalse();
        Directory.Exists(_bench.Tree).ShouldBeFalse();
        File.Exists(_bench.Place.At("git-ran")).ShouldBeFalse();
        var result = _bench.Result;
        (result.Status, result.WorkResult, result.Branch, result.WorktreePath, result.BackstopReport, result.CommitSha).ShouldBe(("completed", "passed", null, null, null, null));
        var said = _bench.Agent.Input();
        said.ShouldContain("there is no work tree", Case.Insensitive);
        said.ShouldContain("Say hello.");
        said.ShouldNotContain("Commit");
    }

    [Fact]
    public async Task The_directory_of_one_that_failed_is_gone_as_well()
    {
        _bench.Agent.Options("EXIT=1").Play(Claude_fixture.Init);

        (await _bench.Run()).ShouldBe(1);

        Directory.Exists(_bench.Agent.WorkingDirectory()).ShouldBeFalse();
        Directory.Exists(_bench.Tree).ShouldBeFalse();
    }
}
