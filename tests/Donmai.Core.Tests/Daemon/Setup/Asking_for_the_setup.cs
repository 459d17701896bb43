using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Setup;

namespace Donmai.Core.Tests.Daemon.Setup;

public sealed class Asking_for_the_setup : IDisposable
{
    private static readonly SetupFacts Machine = new() { MachineId = "studio", Processors = 12, MemoryMb = 32768, QueueDirectory = "/home/anna/.donmai/queue" };

    private readonly StringWriter _said = new();

    public void Dispose() => _said.Dispose();

    [Fact, Trait("spec", "DR-16")]
    public void An_input_that_ends_at_once_means_all_defaults()
    {
        Keys(Ask("")).ShouldBe([
            Set("machine.id", "studio"),
            Set("machine.region", "home-network"),
            Set("capacity.reservedForSystem.vCpu", 3),
            Set("capacity.reservedForSystem.memoryMb", 8192),
            Set("capacity.maxConcurrentSessions", 6),
            Set("orchestrator.url", "https://platform.rensei.dev"),
            Set("autoUpdate.channel", "stable"),
            Set("autoUpdate.schedule", "nightly"),
            Set("autoUpdate.drainTimeoutSeconds", 600),
        ]);
    }

    [Theory, Trait("spec", "DR-17")]
    [InlineData("\n\nno\n")]
    [InlineData("\n\n\n\n\n\nN\n")]
    [InlineData("\n\n\n\n\n\n\n\n\nnope\n")]
    [InlineData("\n\n\n\n\n\n\n\n\n\n\nn\n")]
    public void A_no_to_continue_ends_it(string answers) =>
        Should.Throw<SetupCancelledException>(() => Ask(answers)).Message.ShouldContain("nothing was written");

    [Theory, Trait("spec", "DR-18")]
    [InlineData("3", "file:///home/anna/.donmai/queue")]
    [InlineData("abc", "https://platform.rensei.dev")]
    [InlineData("7", "https://platform.rensei.dev")]
    public void The_choice_decides_where_work_comes_from(string choice, string url) =>
        Keys(Ask($"\n\n\n\n\n\n\n{choice}\n")).ShouldContain(Set("orchestrator.url", url));

    [Theory]
    [InlineData("https://platform.rensei.dev")]
    [InlineData("https://own.example.net")]
    [InlineData("file:///srv/queue")]
    public void Going_through_the_questions_again_keeps_where_work_comes_from(string url) =>
        Keys(Ask("", Machine, new DaemonConfiguration { MachineId = "left", ArchiveRoot = "/srv", OrchestratorUrl = url })).ShouldContain(Set("orchestrator.url", url));

    [Theory]
    [InlineData("the attic")]
    [InlineData("attic/left")]
    public void A_machine_id_that_could_not_be_part_of_a_name_is_asked_for_again(string id)
    {
        Keys(Ask($"{id}\nattic_2.left\n")).ShouldContain(Set("machine.id", "attic_2.left"));
        _said.ToString().ShouldContain("Please write letters, digits");
    }

    [Fact]
    public void An_orchestrator_of_ones_own_must_be_a_web_address()
    {
        Keys(Ask("\n\n\n\n\n\n\n2\nnot a url\nhttps://work.example.net\n")).ShouldContain(Set("orchestrator.url", "https://work.example.net"));
        _said.ToString().ShouldContain("http or https URL");
    }

    [Fact, Trait("spec", "DR-19")]
    public void A_token_of_the_environment_is_not_asked_for()
    {
        Ask("\n\n\n\n\n\n\n1\n", Machine with { HasEnvironmentToken = true }).ShouldNotContain(edit => edit.ToString().Contains("authToken", StringComparison.Ordinal));
        _said.ToString().ShouldContain("comes from the environment");
        _said.ToString().ShouldNotContain("registration token, or a reference");
    }

    [Fact]
    public void A_token_that_is_typed_is_written_as_it_is() =>
        Keys(Ask("\n\n\n\n\n\n\n1\n${MY_TOKEN}\n")).ShouldContain(Set("orchestrator.authToken", "${MY_TOKEN}"));

    [Fact, Trait("spec", "DR-20")]
    public void An_existing_configuration_gives_the_defaults_and_nothing_else_is_touched()
    {
        var existing = new DaemonConfiguration
        {
            MachineId = "left",
            Region = "office",
            ArchiveRoot = "/srv/archives",
            OrchestratorUrl = "https://own.example.net",
            AuthToken = "rsk_live_1",
            MaxConcurrentSessions = 5,
            ReservedVCpu = 2,
            ReservedMemoryMb = 1024,
            Trust = new TrustConfiguration { Mode = "attested" },
            Update = new UpdateConfiguration { Channel = "beta", Schedule = "manual", DrainTimeout = TimeSpan.FromSeconds(900) },
        };
        var keys = Keys(Ask("\n\n\n\n\n\n\n2\n", Machine, existing));
        keys.ShouldBe([
            Set("machine.id", "left"),
            Set("machine.region", "office"),
            Set("capacity.reservedForSystem.vCpu", 2),
            Set("capacity.reservedForSystem.memoryMb", 1024),
            Set("capacity.maxConcurrentSessions", 5),
            Set("orchestrator.url", "https://own.example.net"),
            Set("autoUpdate.channel", "beta"),
            Set("autoUpdate.schedule", "manual"),
            Set("autoUpdate.drainTimeoutSeconds", 900),
        ]);
    }

    [Fact]
    public void A_number_that_cannot_be_used_is_asked_for_again()
    {
        Keys(Ask("\n\n\n\n\n-1\nmany\n4\n")).ShouldContain(Set("capacity.maxConcurrentSessions", 4));
        _said.ToString().Split("Please write a whole number from 0 to 10000.").Length.ShouldBe(3);
    }

    [Fact]
    public void The_repository_of_the_directory_is_offered_and_another_can_be_typed()
    {
        var projects = Ask(
            "\n\n\n\n\n\n\n\n\n\n" + "\n\n" + "y\nhttps://anna:secret@github.com/acme/web\ngit@git.example.net:hw/web.git\nssh-key\n~/.ssh/hw\n",
            Machine with { Remote = "git@github.com:acme/web.git" }).OfType<PutProject>().Select(static edit => edit.Project).ToList();
        projects.ConvertAll(static project => (project.Id, project.Repository)).ShouldBe([("web", "github.com/acme/web"), ("web-2", "git.example.net/hw/web")]);
        projects[1].Checkout.Git!.SshKey.ShouldBe("~/.ssh/hw");
        _said.ToString().ShouldContain("leave out the user and password");
    }

    [Fact]
    public void A_repository_that_is_a_project_already_is_not_offered()
    {
        var existing = new DaemonConfiguration
        {
            MachineId = "left",
            ArchiveRoot = "/srv",
            OrchestratorUrl = "file:///q",
            Projects = [new ProjectConfiguration { Id = "web", Repository = "https://GitHub.com/Acme/web" }],
        };
        Ask("", Machine with { Remote = "git@github.com:acme/web.git" }, existing).OfType<PutProject>().ShouldBeEmpty();
        _said.ToString().ShouldNotContain("Add the repository of this directory");
    }

    [Theory]
    [InlineData("git@github.com:foo/bar.git", "github.com/foo/bar")]
    [InlineData("https://github.com/foo/bar.git", "github.com/foo/bar")]
    [InlineData("ssh://git@host.example/x/y", "host.example/x/y")]
    [InlineData("ssh://git@host.example:2222/x/y.git", "ssh://git@host.example:2222/x/y.git")]
    [InlineData("https://user:secret@host.example/x/y.git", "host.example/x/y")]
    [InlineData("/srv/git/tools.git", "/srv/git/tools.git")]
    [InlineData("https://", null)]
    public void A_remote_is_written_as_host_and_path(string remote, string? repository) => RemoteRepository.Normalize(remote).ShouldBe(repository);

    [Theory, Trait("spec", "DR-15")]
    [InlineData(true, null, null, true, true)]
    [InlineData(false, false, null, true, true)]
    [InlineData(false, true, "1", false, false)]
    [InlineData(false, null, "1", true, true)]
    [InlineData(false, null, "0", true, false)]
    [InlineData(false, null, null, false, true)]
    [InlineData(false, null, null, true, false)]
    public void The_wizard_is_left_out_by_the_first_that_says_so(bool option, bool? stated, string? variable, bool terminal, bool skipped) =>
        new SetupSkip(option, stated, variable, terminal).Applies.ShouldBe(skipped);

    private IReadOnlyList<ConfigurationEdit> Ask(string answers, SetupFacts? facts = null, DaemonConfiguration? existing = null) =>
        new SetupWizard(new SetupPrompts(new StringReader(answers), _said), facts ?? Machine, existing).Run();

    private static List<string> Keys(IEnumerable<ConfigurationEdit> edits) => [.. edits.OfType<SetKey>().Select(static edit => Set(edit.Key, edit.Value))];

    private static string Set(string key, object value) => $"{key}: {value}";
}
