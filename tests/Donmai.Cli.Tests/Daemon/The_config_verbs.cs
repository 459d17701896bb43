using System.Text.Json;

namespace Donmai.Cli.Tests.Daemon;

/// <summary><c>donmai config</c>.</summary>
public sealed class The_config_verbs : IDisposable
{
    private const string Written =
        """
        # the box in the attic
        machine: { id: box } # keep me
        orchestrator:
          url: https://o.example
          authToken: rsk_live_0815
        capacity:
          maxConcurrentSessions: 3   # three
          seatBudget: 5
        projects:
          - id: shop
            repository: https://anna:secret@github.com/acme/shop

        """;

    private readonly TemporaryDirectory _home = new();

    public The_config_verbs() => File.WriteAllText(Path, Written);

    private string Path => _home.File("daemon.yaml");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Show_says_every_value_and_where_it_comes_from_without_secrets()
    {
        var shown = await Config("show");

        shown.ExitCode.ShouldBe(0, shown.ToString());
        shown.Output.ShouldMatch(@"capacity\.maxConcurrentSessions +3 +file");
        shown.Output.ShouldMatch(@"capacity\.maxVCpuPerSession +4 +default");
        shown.Output.ShouldMatch(@"capacity\.seatBudget +5 +unused");
        shown.Output.ShouldMatch(@"orchestrator\.authToken +\(secret\) +file");
        shown.Output.ShouldMatch(@"projects\[0\]\.repository +https://github\.com/acme/shop +file");
        shown.Output.ShouldNotContain("rsk_live_0815");
        shown.Output.ShouldNotContain("anna");
    }

    [Fact]
    public async Task Show_as_json_is_one_value_with_a_list()
    {
        using var json = JsonDocument.Parse((await Config("show", "--json")).Output);

        var values = json.RootElement.GetProperty("values").EnumerateArray().ToDictionary(static value => value.GetProperty("key").GetString()!);
        values["capacity.maxConcurrentSessions"].GetProperty("value").GetInt32().ShouldBe(3);
        values["trust.mode"].GetProperty("from").GetString().ShouldBe("default");
    }

    [Theory]
    [InlineData("capacity.maxConcurrentSessions", "3\n")]
    [InlineData("machine.id", "box\n")]
    [InlineData("providers.allowStub", "false\n")]
    [InlineData("projects[0].id", "shop\n")]
    public async Task Get_prints_the_value_alone(string key, string value) => (await Config("get", key)).ShouldBe(new CommandOutcome(0, value, ""));

    [Fact]
    public async Task Get_of_a_section_prints_what_is_in_it()
    {
        (await Config("get", "projects")).Output.ShouldBe("projects[0].id          shop\nprojects[0].repository  https://github.com/acme/shop\n");
        (await Config("get", "projects[0]", "--json")).Output.ShouldBe(
            """{"projects[0].id":"shop","projects[0].repository":"https://github.com/acme/shop"}""" + "\n");
        (await Config("get", "orchestrator")).Output.ShouldNotContain("rsk_live_0815");
    }

    [Fact]
    public async Task Unset_refuses_what_is_not_there()
    {
        (await Config("unset", "capacity.colour")).ShouldBe(new CommandOutcome(1, "", "donmai: There is no key capacity.colour; 'donmai config show' lists them.\n"));
        (await Config("unset", "autoUpdate.pin")).ShouldBe(new CommandOutcome(1, "", $"donmai: autoUpdate.pin is not set in {Path}.\n"));
        (await File.ReadAllTextAsync(Path)).ShouldBe(Written);

        (await Config("unset", "capacity.seatBudget")).ExitCode.ShouldBe(0);
        (await Config("unset", "projects")).ExitCode.ShouldBe(0);
        (await File.ReadAllTextAsync(Path)).ShouldNotContain("shop");
    }

    [Theory]
    [InlineData("capacity.maxConcurrentSessions", "4", "false")]
    [InlineData("machine.id", "attic", "true")]
    public async Task Set_as_json_says_what_was_changed_and_when_it_counts(string key, string value, string atNextStart) =>
        (await Config("set", key, value, "--json")).Output.ShouldBe($$"""{"path":"{{Path}}","key":"{{key}}","atNextStart":{{atNextStart}}}""" + "\n");

    [Fact]
    public async Task Json_has_letters_and_quotes_as_they_are()
    {
        (await Config("set", "machine.displayName", "Ana's Größe")).ExitCode.ShouldBe(0);

        (await Config("get", "machine.displayName", "--json")).Output.ShouldBe("\"Ana's Größe\"\n");
        (await Config("get", "none", "--json")).Output.ShouldBe("""{"error":"There is no key none; 'donmai config show' lists them."}""" + "\n");
    }

    [Fact]
    public async Task Get_tells_unknown_keys_from_those_without_a_value()
    {
        (await Config("get", "capacity.colour")).ShouldBe(new CommandOutcome(1, "", "donmai: There is no key capacity.colour; 'donmai config show' lists them.\n"));
        (await Config("get", "autoUpdate.pin")).ShouldBe(new CommandOutcome(1, "", $"donmai: autoUpdate.pin is not set in {Path}.\n"));
    }

    [Fact]
    public async Task Set_changes_the_value_alone()
    {
        (await Config("set", "capacity.maxConcurrentSessions", "12")).ExitCode.ShouldBe(0);

        (await File.ReadAllTextAsync(Path)).ShouldBe(Written.Replace("maxConcurrentSessions: 3 ", "maxConcurrentSessions: 12 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Set_writes_lists_and_unset_takes_them_out()
    {
        (await Config("set", "kit.scanPaths", "/opt/a, /opt/b")).ExitCode.ShouldBe(0);
        (await Config("get", "kit.scanPaths", "--json")).Output.ShouldBe("""["/opt/a","/opt/b"]""" + "\n");

        (await Config("unset", "kit.scanPaths")).ExitCode.ShouldBe(0);
        (await File.ReadAllTextAsync(Path)).ShouldNotContain("/opt/a");
    }

    [Theory]
    [InlineData(1, "capacity.maxConcurrentSessions", "many", "capacity.maxConcurrentSessions cannot be \"many\"; it must be a whole number.")]
    [InlineData(78, "capacity.maxConcurrentSessions", "-1", "capacity.maxConcurrentSessions is -1; it must be at least 0. Nothing was written.")]
    [InlineData(78, "autoUpdate.channel", "nightly", "autoUpdate.channel is \"nightly\"; it must be one of stable, beta, main. Nothing was written.")]
    [InlineData(1, "capacity.colour", "blue", "There is no key capacity.colour; 'donmai config show' lists them.")]
    [InlineData(1, "providers.allowStub", "maybe", "providers.allowStub cannot be \"maybe\"; it must be true or false.")]
    public async Task Set_refuses_what_would_not_be_usable_and_writes_nothing(int exitCode, string key, string value, string sentence)
    {
        (await Config("set", key, value)).ShouldBe(new CommandOutcome(exitCode, "", $"donmai: {sentence}\n"));

        (await File.ReadAllTextAsync(Path)).ShouldBe(Written);
    }

    [Fact]
    public async Task Validate_lists_every_violation_with_its_line()
    {
        (await Config("validate")).ExitCode.ShouldBe(0);
        await File.WriteAllTextAsync(Path, "machine: { id: box }\ncapacity:\n  maxConcurrentSessions: -1\n");

        var broken = await Config("validate");
        broken.ExitCode.ShouldBe(78, broken.ToString());
        broken.Error.ShouldContain("line 3: capacity.maxConcurrentSessions is -1");

        var json = await Config("validate", "--json");
        using var answer = JsonDocument.Parse(json.Output);
        answer.RootElement.GetProperty("valid").GetBoolean().ShouldBeFalse();
        answer.RootElement.GetProperty("violations").EnumerateArray().ShouldContain(static violation => violation.GetProperty("line").GetInt32() == 3);
    }

    [Fact]
    public async Task Validate_names_a_file_that_is_not_there()
    {
        var gone = _home.File("nowhere.yaml");

        (await CommandOutcome.Of("config", "validate", gone)).ShouldBe(new CommandOutcome(1, "", $"donmai: There is no configuration file {gone}.\n"));
    }

    private Task<CommandOutcome> Config(string verb, params string[] arguments) =>
        CommandOutcome.Of(["config", verb, .. arguments, "--config", Path, "--state-dir", _home.File("state")]);
}
