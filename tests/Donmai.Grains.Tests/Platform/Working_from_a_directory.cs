using System.Text.Json.Nodes;
using Donmai.Grains.Tests.Machines;

namespace Donmai.Grains.Tests.Platform;

public sealed class Working_from_a_directory : IDisposable
{
    private readonly DirectoryInfo _queue = Directory.CreateTempSubdirectory("donmai-queue-");

    [Fact]
    public async Task Work_is_taken_in_the_order_of_names_as_far_as_there_are_slots_and_its_end_is_told()
    {
        Put("b", """{"sessionId":"s2","repository":"billing"}""");
        Put("a", """{"sessionId":"s1","repository":"billing","promptContext":"go"}""");
        await using var machine = await Running(slots: 1);

        await machine.Until(() => machine.Processes.AliveCount == 1);
        (await machine.Session("s1").Detail()).ShouldSatisfyAllConditions(
            static detail => detail.PromptContext.ShouldBe("go"), static detail => detail.AuthToken.ShouldBeNull(), static detail => detail.PlatformUrl.ShouldBeNull());
        await machine.Exit("s1", code: 7);
        await machine.Until(() => Done("a") is not null);
        await machine.Until(() => machine.Processes.AliveCount == 1);
        await machine.Exit("s2");
        await machine.Until(() => Done("b") is not null);

        ((string?)Done("a")!["sessionId"], (string?)Done("a")!["state"], (int?)Done("a")!["exitCode"]).ShouldBe(("s1", "failed", 7));
        ((string?)Done("b")!["sessionId"], (string?)Done("b")!["state"]).ShouldBe(("s2", "completed"));
        await machine.Until(() => Directory.GetFiles(Path.Combine(_queue.FullName, "claimed")).Length == 0); // the claim goes once the end is told
        var polls = await machine.Poll.Standing();
        (polls.Running, polls.Accepted).ShouldBe((true, 2));
        machine.Platform.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Work_that_cannot_be_done_is_told_of()
    {
        await using var machine = await Running();
        Put("foreign", """{"sessionId":"s1","repository":"github.com/evil/place"}""");
        Put("nobody", """{"repository":"billing"}""");
        Put("path", """{"sessionId":"../../etc","repository":"billing"}""");
        Put("broken", "<html>");

        await machine.Until(() => Done("foreign") is not null && Done("nobody") is not null && Done("path") is not null && Done("broken") is not null);

        ((string?)Done("foreign")!["reason"])!.ShouldContain("not-allowed");
        ((string?)Done("nobody")!["reason"])!.ShouldContain("no sessionId");
        ((string?)Done("path")!["reason"])!.ShouldContain("invalid");
        machine.Processes.Launches.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restart_goes_on_from_the_directory()
    {
        await using var machine = await Running();
        Put("a", """{"sessionId":"s1","repository":"billing"}""");
        await machine.Until(() => machine.Processes.AliveCount == 1);
        await machine.RecordProcess("s1");
        await machine.Kill();
        File.Move(Put("b", """{"sessionId":"s2","repository":"billing"}"""), Path.Combine(_queue.FullName, "claimed", "b.json")); // claimed, and died before it was accepted

        await machine.Boot();
        await machine.Daemon.Start();
        await machine.Until(() => machine.Processes.AliveCount == 2);
        await machine.Exit("s1");

        await machine.Until(() => Done("a") is not null);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_used_is_shown_and_looked_into_again()
    {
        await using var machine = await Running();
        var place = Path.Combine(_queue.FullName, "claimed");
        if (Directory.Exists(place))
            Directory.Delete(place);
        File.WriteAllText(place, "in the way");
        var item = Put("a", """{"sessionId":"s1","repository":"billing"}""");

        await machine.Until(async () => (await machine.Poll.Standing()).LastError is not null);
        File.Delete(place);
        await machine.Until(() => machine.Processes.AliveCount == 1);

        File.Exists(item).ShouldBeFalse();
        await machine.Until(async () => (await machine.Poll.Standing()).LastError is null); // the look that began the session is told when it is over
    }

    public void Dispose() => _queue.Delete(recursive: true);

    private async Task<TestMachine> Running(int slots = 4)
    {
        var machine = await TestMachine.Booted();
        machine.Configure(configuration => configuration with { OrchestratorUrl = new Uri(_queue.FullName).AbsoluteUri, MaxConcurrentSessions = slots });
        await machine.Daemon.Start();
        return machine;
    }

    private string Put(string name, string text)
    {
        var path = Path.Combine(_queue.FullName, $"{name}.json");
        File.WriteAllText(path + ".new", text);
        File.SetLastWriteTimeUtc(path + ".new", DateTime.UnixEpoch);
        File.Move(path + ".new", path);
        return path;
    }

    private JsonNode? Done(string name)
    {
        var path = Path.Combine(_queue.FullName, "done", $"{name}.json");
        return File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
    }
}
