using System.Text.Json.Nodes;
using Donmai.Grains.Tests.Machines;

namespace Donmai.Grains.Tests.Platform;

public sealed class Git_credentials_of_the_platform
{
    [Fact]
    public async Task A_session_of_the_platform_is_lent_the_token_of_its_repository_and_no_log_or_state_has_it()
    {
        await using var machine = await TestMachine.Linked(static machine =>
        {
            machine.Platform.Enqueue("""{"sessionId":"s1","repository":"billing","promptContext":"Do."}""");
            machine.Platform.NextPoll = new JsonObject
            {
                ["gitCredentials"] = new JsonArray(
                    new JsonObject { ["token"] = "lent-secret", ["cloneUrl"] = "https://github.com/acme/billing.git", ["expiresAt"] = "2099-01-01T00:00:00Z" },
                    new JsonObject { ["token"] = "another", ["cloneUrl"] = "https://github.com/acme/other" },
                    "garbage"),
            };
        });
        await machine.Until(() => machine.Processes.AliveCount == 1);

        (await machine.Session("s1").Detail()).GitToken.ShouldBe("lent-secret");

        machine.Log.Lines.ShouldContain(static line => line.Contains("1 git credentials of the platform cannot be used", StringComparison.Ordinal));
        machine.Log.Lines.ShouldNotContain(static line => line.Contains("lent-secret", StringComparison.Ordinal));
        (await machine.Session("s1").Detail()).ToString().ShouldNotContain("lent-secret");
    }
}
