using Donmai.Core.Platform;

namespace Donmai.Core.Tests.Platform;

public sealed class Reading_remote_changes
{
    [Fact]
    public void The_example_of_the_specification_is_read()
    {
        var change = RemoteChange.Read(new JsonText("""
            {"id":"mut_41","op":"project.add","params":{"id":"docs","repository":"github.com/acme/docs"},"requestedAt":"2026-05-18T09:29:58Z","requestedBy":"user_anna"}
            """));

        (change.Id, change.Op, change.ProjectId, change.Repository, change.RequestedBy)
            .ShouldBe(("mut_41", "project.add", "docs", "github.com/acme/docs", "user_anna"));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("""{"id":5}""")]
    [InlineData("""{"id":"m1","params":[1],"op":"pool.deleted"}""")]
    [InlineData("""{"id":"m1","op":"pool.deleted","params":{"poolId":7,"candidatePoolIds":"x","reason":"\ud800"}}""")]
    public void What_is_malformed_is_empty(string text) => RemoteChange.Read(new JsonText(text)).PoolId.ShouldBeEmpty();

    [Theory]
    [InlineData("docs", "github.com/acme/docs", true)]
    [InlineData("docs", "git@git.example.net:hw/docs.git", true)]
    [InlineData("docs", "https://github.com/acme/docs", true)]
    [InlineData("", "github.com/acme/docs", false)]
    [InlineData("docs", " ", false)]
    [InlineData("docs", "https://ana:secret@github.com/acme/docs", false)]
    [InlineData("docs", "https://token@github.com/acme/docs", false)]
    [InlineData("docs", "--upload-pack=/bin/sh", false)]
    [InlineData("docs", "ext::sh -c id", false)]
    [InlineData("docs", "javascript://x/y", false)]
    [InlineData("docs", "github.com/acme/docs\nprojects: []", false)]
    [InlineData("do\u0007cs", "github.com/acme/docs", false)]
    public void A_project_is_added_only_with_an_id_and_a_repository_that_is_one(string id, string repository, bool isUsable) =>
        (RemoteChange.Problem(id, repository) is null).ShouldBe(isUsable);
}
