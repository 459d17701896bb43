using System.Text;
using Donmai.Core.Daemon;
using Donmai.Core.Sessions.Logs;
using Donmai.Sessions;

namespace Donmai.Core.Tests.Sessions.Logs;

public sealed class Hiding_secrets
{
    [Theory]
    [InlineData("use rsp_live_Ab-9_x now", "use [hidden] now")]
    [InlineData("\"rsk_live_abc\"", "\"[hidden]\"")]
    [InlineData("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ3a3JfMSJ9.abc-DEF_123.", "Bearer [hidden].")]
    [InlineData("eyJ is no token, and neither is rsp_live", "eyJ is no token, and neither is rsp_live")]
    [InlineData("Authorization: Bearer opaque+token/1=, more", "Authorization: Bearer [hidden], more")]
    [InlineData("{\"authorization\":\"dXNlcjpwYXNz\"}", "{\"authorization\":\"[hidden]\"}")]
    [InlineData("clone https://joe:s3cret@git.example/x", "clone https://joe:[hidden]@git.example/x")]
    [InlineData("https://git.example:8443/x and joe@example.org", "https://git.example:8443/x and joe@example.org")]
    [InlineData("with ghp_abcdefghijklmnopqrst012345.", "with [hidden].")]
    public void Tokens_are_known_by_their_shape(string text, string shown) => new SecretRedactor().Apply(text).ShouldBe(shown);

    [Theory]
    [InlineData("GITHUB_TOKEN", true)]
    [InlineData("db_password", true)]
    [InlineData("AWS_SECRET_ACCESS_KEY", true)]
    [InlineData("PATH", false)]
    public void Sensitive_variables_are_known_by_their_name(string name, bool sensitive) => SecretRedactor.LooksSensitive(name).ShouldBe(sensitive);

    [Fact]
    public void Values_are_hidden_in_every_spelling_and_line_by_line_the_longest_first()
    {
        var redactor = new SecretRedactor();
        redactor.AddFrom(new Dictionary<string, string>
        {
            ["A_TOKEN"] = "say \"friend\"",
            ["B_TOKEN"] = "grape-juice",
            ["C_TOKEN"] = "grape-juice-and-more",
            ["D_PRIVATE_KEY"] = "-----BEGIN KEY-----\n0123456789abcdefghij\n-----END KEY-----\n",
            ["E_TOKEN"] = "short",
            ["PLAIN"] = "visible text",
        });

        redactor.Apply("say \"friend\" say \\\"friend\\\" grape-juice-and-more grape-juice short visible text").ShouldBe("[hidden] [hidden] [hidden] [hidden] short visible text");
        redactor.Apply("0123456789abcdefghij").ShouldBe("[hidden]");
    }

    [Fact]
    public void What_the_daemon_and_its_projects_keep_secret_is_hidden()
    {
        var state = new StateDirectory(Directory.CreateTempSubdirectory("donmai-secrets-").FullName);
        try
        {
            File.WriteAllText(state.ControlToken, "control-me\n");
            var redactor = new KnownSecrets(state, new ConfigurationInForce(new DaemonConfiguration
            {
                MachineId = "box",
                ArchiveRoot = state.Workareas,
                AuthToken = "register-me",
                Projects = [new ProjectConfiguration { Id = "p", Repository = "r", Checkout = new ProjectCheckout { Git = new ProjectGit { TokenVariable = "SHOP_PAT" } } }],
            })).And(new Dictionary<string, string> { ["SHOP_PAT"] = "clone-me", ["MY_TOKEN"] = "use-me-too", ["PLAIN"] = "show-me" });

            redactor.Apply("control-me register-me clone-me use-me-too show-me").ShouldBe("[hidden] [hidden] [hidden] [hidden] show-me");
        }
        finally
        {
            Directory.Delete(state.Root, recursive: true);
        }
    }

    [Fact]
    public void A_long_line_is_not_cut_within_a_secret()
    {
        var redactor = new SecretRedactor();
        redactor.Add("my secret words");

        foreach (var text in new[] { "xxxx my secret wo", "x my secret words m", "xxxxx eyJhbGciOiJIUzI1NiJ9.eyJz" })
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var cut = redactor.CutWithin(bytes);
            var first = Encoding.UTF8.GetString(bytes.AsSpan(0, cut));
            first.ShouldNotContain("eyJ");
            redactor.Apply(first).ShouldNotContain("my");
        }

        redactor.CutWithin("my secret"u8).ShouldBe(9);
        redactor.CutWithin("xxxx"u8).ShouldBe(4);
    }
}
