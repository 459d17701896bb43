namespace Donmai.FakePlatform.Tests;

public sealed class Starting_the_program
{
    [Fact]
    public void The_command_line_says_port_tokens_and_cadence()
    {
        var options = Arguments.Read(["--port", "1234", "--token", "a", "--token", "b", "--heartbeat-ms", "10", "--poll-ms", "20", "--lifetime-s", "30", "--seed", "4", "--tls"]);

        (options.Port, options.HeartbeatIntervalMs, options.PollIntervalMs, options.TokenLifetime, options.Seed, options.Tls)
            .ShouldBe((1234, 10, 20, TimeSpan.FromSeconds(30), 4, true));
        options.RegistrationTokens.ShouldBe(["a", "b"]);
        Arguments.Read([]).Port.ShouldBe(8790);
        Arguments.Read([]).RegistrationTokens.ShouldBe([PlatformOptions.DemoToken]);
        options.ToString().ShouldNotContain(" a");
    }

    [Theory]
    [InlineData("--port needs a value", "--port")]
    [InlineData("--port needs a number", "--port", "x")]
    [InlineData("unknown option --prot", "--prot", "1")]
    public void A_wrong_command_line_is_refused_with_what_is_wrong(string message, params string[] arguments) =>
        Should.Throw<FormatException>(() => Arguments.Read(arguments)).Message.ShouldBe(message);

    [Fact]
    public async Task A_port_that_is_taken_is_an_error()
    {
        await using var first = await PlatformServer.Start();

        await Should.ThrowAsync<IOException>(() => PlatformServer.Start(new PlatformOptions { Port = first.Address.Port }));
    }
}
