using Donmai.Client.Tests;
using Donmai.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Donmai.Cli.Tests.Providers;

public sealed class The_provider_verbs
{
    private static readonly Provider Claude = new()
    {
        Id = "claude",
        Name = "claude",
        Family = "agent-runtime",
        Status = "inactive",
        ManifestOk = true,
        Detail = "the program 'claude' is not on PATH",
        Capabilities = new ProviderCapabilities { SupportsMessageInjection = true, SupportsSessionResume = false, EmitsSubagentEvents = true, HumanLabel = "Claude" },
    };

    private static readonly Provider Git = new() { Id = "git", Name = "git", Family = "vcs", Status = "ready", Version = "2.39.5", Source = "local", ManifestOk = true };

    [Fact]
    public async Task Providers_are_a_table_and_below_it_why_some_cannot_be_used()
    {
        await using var daemon = await DaemonAnswers.Get("/api/daemon/providers", new ProviderList { Providers = [Claude, Git] });

        (await CommandOutcome.Of("provider", "list", "--daemon-url", daemon.Address)).ShouldBe(new CommandOutcome(
            0,
            """
            PROVIDER  FAMILY         STATUS    VERSION  SOURCE   TRUST
            claude    agent-runtime  inactive           bundled  unsigned
            git       vcs            ready     2.39.5   local    unsigned

            claude: the program 'claude' is not on PATH

            """,
            ""));
    }

    [Fact]
    public async Task Family_and_refresh_are_passed_on()
    {
        var asked = "";
        await using var daemon = await FakeDaemon.Start(routes => routes.MapGet("/api/daemon/providers", (HttpRequest request) =>
        {
            asked = request.QueryString.Value!;
            return DaemonAnswers.Answer(new ProviderList());
        }));

        var outcome = await CommandOutcome.Of("provider", "list", "--family", "vcs", "--refresh", "--daemon-url", daemon.Address);

        outcome.Output.ShouldBe("No providers.\n");
        asked.ShouldContain("family=vcs");
        asked.ShouldContain("refresh=true");
    }

    [Fact]
    public async Task One_provider_is_shown_with_what_it_can_do()
    {
        await using var daemon = await DaemonAnswers.Get("/api/daemon/providers/claude", new ProviderAnswer { Provider = Claude });

        (await CommandOutcome.Of("provider", "show", "claude", "--daemon-url", daemon.Address)).Output.ShouldBe(
            """
            provider  claude
            label     Claude
            family    agent-runtime
            status    inactive
            detail    the program 'claude' is not on PATH
            source    bundled
            scope     global
            trust     unsigned
            can       take follow-up messages, show sub-agents

            """);
    }

    [Fact]
    public async Task A_probe_of_all_says_what_is_where_and_what_to_do()
    {
        var asked = "";
        await using var daemon = await FakeDaemon.Start(routes => routes.MapGet("/api/daemon/providers", (HttpRequest request) =>
        {
            asked = request.QueryString.Value!;
            return DaemonAnswers.Answer(new ProviderList { Providers = [Claude, Git with { Location = "/usr/bin/git" }] });
        }));

        (await CommandOutcome.Of("provider", "probe", "--daemon-url", daemon.Address)).ShouldBe(new CommandOutcome(
            0,
            """
            PROVIDER  STATUS    VERSION  LOCATION
            claude    inactive
            git       ready     2.39.5   /usr/bin/git

            claude: the program 'claude' is not on PATH

            """,
            ""));
        asked.ShouldBe("?refresh=true");
    }

    [Theory]
    [InlineData("ready", 0)]
    [InlineData("degraded", 0)]
    [InlineData("unhealthy", 1)]
    [InlineData("inactive", 1)]
    public async Task A_probe_of_one_ends_with_1_when_it_cannot_be_used(string status, int exitCode)
    {
        var asked = "";
        await using var daemon = await FakeDaemon.Start(routes => routes.MapGet("/api/daemon/providers/claude", (HttpRequest request) =>
        {
            asked = request.QueryString.Value!;
            return DaemonAnswers.Answer(new ProviderAnswer { Provider = Claude with { Status = status } });
        }));

        var outcome = await CommandOutcome.Of("provider", "probe", "claude", "--json", "--daemon-url", daemon.Address);

        outcome.ExitCode.ShouldBe(exitCode);
        outcome.Output.Replace(" ", "", StringComparison.Ordinal).ShouldContain($"\"status\":\"{status}\"");
        asked.ShouldBe("?refresh=true");
    }

    [Fact]
    public async Task A_provider_that_nobody_knows_ends_with_1()
    {
        await using var daemon = await FakeDaemon.Start(static routes => routes.MapGet(
            "/api/daemon/providers/{id}", static (string id) => Results.Text($$"""{"error":"provider not found","providerId":"{{id}}"}""", "application/json", statusCode: 404)));

        var outcome = await CommandOutcome.Of("provider", "show", "nope", "--daemon-url", daemon.Address);

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldBe("donmai: provider not found: nope\n");
    }
}
