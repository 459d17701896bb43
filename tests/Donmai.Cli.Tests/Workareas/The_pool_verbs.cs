using Donmai.Client.Tests;
using Donmai.Workareas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Donmai.Cli.Tests.Workareas;

public sealed class The_pool_verbs
{
    [Fact]
    public async Task The_pool_is_shown_with_its_members()
    {
        await using var daemon = await DaemonAnswers.Get("/api/daemon/pool/stats", new PoolStats
        {
            TotalMembers = 1,
            ReadyMembers = 1,
            TotalDiskUsageMb = 100,
            Members = [new PoolMember { Id = "m1", Repository = "github.com/acme/billing", Ref = "main", ToolchainKey = "node-22", Status = "ready", DiskUsageMb = 100 }],
        });

        (await CommandOutcome.Of("pool", "stats", "--daemon-url", daemon.Address)).Output.ShouldBe(
            """
            pool  1 member: 1 ready, 0 acquired, 0 warming, 0 invalid
            disk  104.9 MB

            MEMBER  STATUS  REPOSITORY               REF   TOOLS    SIZE      SESSION
            m1      ready   github.com/acme/billing  main  node-22  104.9 MB

            """);
    }

    [Theory]
    [InlineData("pool")]
    [InlineData("workarea")]
    public async Task An_eviction_passes_on_repository_and_age(string noun)
    {
        PoolEviction? asked = null;
        await using var daemon = await FakeDaemon.Start(routes => routes.MapPost("/api/daemon/pool/evict", async (HttpRequest request) =>
        {
            asked = await System.Text.Json.JsonSerializer.DeserializeAsync(request.Body, ControlApiJson.Default.PoolEviction);
            return DaemonAnswers.Answer(new PoolEvictionAnswer { Evicted = 2, Message = "2 pool members scheduled for removal" });
        }));

        var outcome = await CommandOutcome.Of(noun, "evict", "--repo", "github.com/acme/billing", "--older-than", "7d", "--daemon-url", daemon.Address);

        outcome.ShouldBe(new CommandOutcome(0, "2 pool members scheduled for removal\n", ""));
        asked.ShouldBe(new PoolEviction { RepoUrl = "github.com/acme/billing", OlderThanSeconds = 604_800 });
    }

    [Theory]
    [InlineData("pool", "evict", "--repo", "x")]
    [InlineData("pool", "evict", "--older-than", "7d")]
    [InlineData("pool", "evict", "--repo", "x", "--older-than", "soon")]
    [InlineData("daemon", "drain", "--timeout", "soon")]
    [InlineData("daemon", "drain", "--then", "explode")]
    [InlineData("daemon", "capacity", "set", "capacity.poolMaxDiskGb")]
    public async Task What_is_missing_or_unusable_is_said_with_code_2(params string[] arguments)
    {
        var outcome = await CommandOutcome.Of(arguments);

        outcome.ExitCode.ShouldBe(2, outcome.ToString());
        outcome.Error.ShouldStartWith("donmai: ");
    }
}
