namespace Donmai.Client.Tests.Daemon;

[Collection(nameof(The_address_of_the_daemon))]
public sealed class The_address_of_the_daemon : IDisposable
{
    private static readonly string[] Variables = ["DONMAI_DAEMON_URL", "RENSEI_DAEMON_URL"];

    private readonly string?[] _before = [.. Variables.Select(Environment.GetEnvironmentVariable)];

    public The_address_of_the_daemon() => Set(null, null);

    public void Dispose() => Set(_before[0], _before[1]);

    [Fact]
    public void Without_anything_said_it_is_the_default() =>
        ControlEndpoint.Resolve().ShouldBe(new Uri("http://127.0.0.1:7734"));

    [Fact]
    public void The_environment_is_asked_in_order_and_blank_counts_as_absent()
    {
        Set(null, "http://127.0.0.1:2");
        ControlEndpoint.Resolve().Port.ShouldBe(2);

        Set("http://127.0.0.1:1", "http://127.0.0.1:2");
        ControlEndpoint.Resolve().Port.ShouldBe(1);
        ControlEndpoint.Resolve("http://127.0.0.1:3").Port.ShouldBe(3);

        Set("  ", "http://127.0.0.1:2");
        ControlEndpoint.Resolve("").Port.ShouldBe(2);
    }

    [Fact]
    public void A_trailing_slash_is_stripped() =>
        ControlEndpoint.Resolve("http://127.0.0.1:3/").OriginalString.ShouldBe("http://127.0.0.1:3");

    [Theory]
    [InlineData("unix:/run/donmai.sock")]
    [InlineData("unix:///run/donmai.sock")]
    public void A_socket_is_named_by_its_path(string address) =>
        ControlEndpoint.Resolve(address).LocalPath.ShouldBe("/run/donmai.sock");

    [Theory]
    [InlineData("127.0.0.1:7734")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("unix:")]
    [InlineData("nonsense")]
    public void What_is_no_address_is_refused_with_an_example(string address) =>
        Should.Throw<InvalidDaemonAddressException>(() => ControlEndpoint.Resolve(address)).Message.ShouldContain("http://127.0.0.1:7734");

    private static void Set(params string?[] values)
    {
        for (var i = 0; i < Variables.Length; i++)
            Environment.SetEnvironmentVariable(Variables[i], values[i]);
    }
}
