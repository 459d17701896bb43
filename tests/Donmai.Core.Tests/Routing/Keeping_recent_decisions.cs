using Donmai.Core.Daemon;
using Donmai.Core.Routing;
using Donmai.Routing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Core.Tests.Routing;

/// <summary>The file of recent decisions (routing.md §2).</summary>
public sealed class Keeping_recent_decisions : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("donmai-routing-");

    private StateDirectory State => new(_directory.FullName);

    private RoutingLog Log => new(State, NullLogger<RoutingLog>.Instance);

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task The_last_decisions_are_read_again_as_they_were()
    {
        var pipeline = new RoutingPipeline(new Random(1));
        var decisions = Enumerable.Range(0, 5).Select(number => pipeline.Decide(Demand($"s{number}"), DateTimeOffset.UnixEpoch.AddDays(number))).ToList();
        await Log.Append(decisions[..2]);
        await Log.Append(decisions[2..]);

        var read = await Log.ReadLast(3);

        read.Select(static decision => decision.SessionId).ShouldBe(["s2", "s3", "s4"]);
        Text(read[2]).ShouldBe(Text(decisions[4]));
        read[2].Trace[7].Ranking!.Count.ShouldBe(2);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(State.RoutingLog).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Without_a_file_nothing_is_remembered() => (await Log.ReadLast(50)).ShouldBeEmpty();

    [Theory]
    [InlineData("{\"sessionId\":\"torn")]
    [InlineData("no json at all\n")]
    [InlineData("null\n")]
    [InlineData("[]\n")]
    [InlineData("\0\0\0\0\n")]
    [InlineData("{\"sessionId\":null,\"decision\":null,\"trace\":null}\n")]
    [InlineData("{\"sessionId\":\"x\",\"decision\":{\"chosenLLM\":null},\"trace\":[]}\n")]
    [InlineData("{\"sessionId\":\"x\",\"decision\":{\"rejectedCandidates\":[null]},\"trace\":[]}\n")]
    [InlineData("{\"sessionId\":\"x\",\"decision\":{\"score\":1e999},\"trace\":[]}\n")]
    [InlineData("{\"sessionId\":\"x\",\"decision\":{},\"trace\":[null]}\n")]
    [InlineData("{\"sessionId\":\"x\",\"decision\":{},\"trace\":[{\"remaining\":null}]}\n")]
    public async Task Damaged_lines_are_left_out_and_what_comes_after_them_is_not(string damage)
    {
        await Log.Append([Decision("before")]);
        await File.AppendAllTextAsync(State.RoutingLog, damage);
        await Log.Append([Decision("after")]);

        (await Log.ReadLast(50)).Select(static decision => decision.SessionId).ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task A_file_of_ten_mebibytes_is_put_aside_and_one_old_file_is_kept()
    {
        await Log.Append([Decision("oldest")]);
        await Grow();
        await Log.Append([Decision("old")]);
        (await Log.ReadLast(50)).Select(static decision => decision.SessionId).ShouldBe(["oldest", "old"]);
        await Grow();
        await Log.Append([Decision("new")]);

        (await Log.ReadLast(50)).Select(static decision => decision.SessionId).ShouldBe(["old", "new"]);
        _directory.GetFiles().Length.ShouldBe(2);
    }

    /// <summary>Lengthens the file by one damaged line.</summary>
    private Task Grow() => File.AppendAllTextAsync(State.RoutingLog, new string('x', (int)RoutingLog.RotateAt) + "\n");

    private static string Text(RoutingExplanation decision) => System.Text.Json.JsonSerializer.Serialize(decision, ControlApiJson.Default.RoutingExplanation);

    private static RoutingExplanation Decision(string session) => new() { SessionId = session, Decision = new RoutingDecision { SessionId = session } };

    private static RoutingDemand Demand(string session) => new()
    {
        Request = new RoutingRequest { SessionId = session },
        Configuration = new RoutingConfiguration(),
        Sandboxes = [new RoutingCandidate { Id = "local" }],
        Runtimes = [new RoutingCandidate { Id = "claude" }, new RoutingCandidate { Id = "codex" }],
        Experience = RoutingExperience.None,
    };
}
