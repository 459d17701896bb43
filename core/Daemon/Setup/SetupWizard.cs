using System.Text.Json.Nodes;
using Donmai.Sessions;

namespace Donmai.Core.Daemon.Setup;

/// <summary>
/// The questions of a first start and of <c>donmai daemon setup</c> (daemon-runtime.md §4). Says what is to be changed and leaves the
/// rest of the file alone.
/// </summary>
/// <param name="prompts">The person.</param>
/// <param name="facts">What the machine says of itself.</param>
/// <param name="existing">The configuration that is there, if any.</param>
public sealed class SetupWizard(SetupPrompts prompts, SetupFacts facts, DaemonConfiguration? existing)
{
    /// <summary>The hosted platform.</summary>
    public const string HostedPlatform = "https://platform.rensei.dev";

    private const string SelfHostedPlaceholder = "https://orchestrator.example.com";
    private const string UsualRegion = "home-network";
    private const int MostReservedProcessors = 4;
    private const int MostReservedMemoryMb = 16384;
    private const int MostProposedSessions = 8;
    private const int MostSessions = 10_000;
    private const int LongestDrain = 24 * 60 * 60;

    private readonly List<ConfigurationEdit> _edits = [];

    /// <summary>Asks everything.</summary>
    /// <returns>What is to be changed.</returns>
    /// <exception cref="SetupCancelledException">Somebody does not want to go on.</exception>
    /// <exception cref="IOException">The answers cannot be read.</exception>
    public IReadOnlyList<ConfigurationEdit> Run()
    {
        AskMachine();
        AskCapacity();
        AskOrchestrator();
        AskProjects();
        AskUpdates();
        return _edits;
    }

    private void AskMachine()
    {
        prompts.Say("Step 1 of 5: this machine");
        Set("machine.id", prompts.Text("machine id", existing?.MachineId ?? facts.MachineId, WhyNoMachineId));
        Set("machine.region", prompts.Text("region", existing?.Region ?? UsualRegion));
        prompts.Continue();
    }

    private void AskCapacity()
    {
        prompts.Say("Step 2 of 5: capacity");
        prompts.Say($"  This machine has {facts.Processors} processors and {facts.MemoryMb} MiB of memory.");
        var processors = Positive(existing?.ReservedVCpu, Math.Min(MostReservedProcessors, facts.Processors / 4));
        var memory = Positive(existing?.ReservedMemoryMb, Math.Min(MostReservedMemoryMb, facts.MemoryMb / 4));
        var sessions = Positive(existing?.MaxConcurrentSessions, Math.Clamp(facts.Processors / 2, 1, MostProposedSessions));
        Set("capacity.reservedForSystem.vCpu", prompts.Whole("processors left to the system", Math.Min(processors, facts.Processors), 0, facts.Processors));
        Set("capacity.reservedForSystem.memoryMb", prompts.Whole("memory left to the system, in MiB", Math.Min(memory, facts.MemoryMb), 0, facts.MemoryMb));
        Set("capacity.maxConcurrentSessions", prompts.Whole("sessions at the same time", sessions, 0, MostSessions));
        prompts.Continue();
    }

    private void AskOrchestrator()
    {
        prompts.Say("Step 3 of 5: where work comes from");
        prompts.Say("  1  the hosted platform");
        prompts.Say("  2  an orchestrator of your own");
        var queue = existing is { OrchestratorUrl: { } present } && present.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? present : null;
        prompts.Say($"  3  this machine alone, with {(queue is null ? "a queue in the state directory" : $"the queue {queue}")}");
        switch (prompts.Text("choice", UsualChoice()))
        {
            case "2":
                var known = existing is { OrchestratorUrl: { } url } && IsWeb(url) ? url : SelfHostedPlaceholder;
                Set("orchestrator.url", prompts.Text("URL of the orchestrator", known, static text => IsWeb(text) ? null : "Please write an http or https URL."));
                break;
            case "3":
                Set("orchestrator.url", queue ?? "file://" + facts.QueueDirectory);
                break;
            default:
                Set("orchestrator.url", HostedPlatform);
                AskToken();
                break;
        }

        prompts.Continue();
    }

    // Whoever goes through the questions again to change something else keeps where the work comes from.
    private string UsualChoice() => existing?.OrchestratorUrl switch
    {
        null or HostedPlatform => "1",
        var url => IsWeb(url) ? "2" : "3",
    };

    private void AskToken()
    {
        if (facts.HasEnvironmentToken)
            prompts.Say("  The registration token comes from the environment.");
        else if (existing?.AuthToken is { Length: > 0 })
            prompts.Say("  The registration token stays as it is.");
        else if (prompts.Text("registration token, or a reference such as ${MY_TOKEN} (empty for none)", "") is { Length: > 0 } token)
            Set("orchestrator.authToken", token);
    }

    private void AskProjects()
    {
        prompts.Say("Step 4 of 5: projects the daemon may work on");
        var projects = new List<ProjectConfiguration>(existing?.Projects ?? []);
        foreach (var project in projects)
            prompts.Say($"  {project.Id}  {RepositorySecrets.Strip(project.Repository)}");
        if (facts.Remote is { } remote && RemoteRepository.Normalize(remote) is { } here && new ProjectAllowlist(projects).Match(here) is null
            && prompts.YesNo($"Add the repository of this directory ({here})?", usual: true))
            projects.Add(AddProject(here, projects));
        if (prompts.YesNo("Add another project?", usual: false) && prompts.Text("repository", "", WhyNotUsable) is { Length: > 0 } typed)
            projects.Add(AddProject(RemoteRepository.Normalize(typed)!, projects));
        prompts.Continue();
    }

    private ProjectConfiguration AddProject(string repository, List<ProjectConfiguration> projects)
    {
        var id = RemoteRepository.IdOf(repository);
        for (var i = 2; projects.Exists(project => project.Id == id); i++)
            id = $"{RemoteRepository.IdOf(repository)}-{i}";
        var project = new ProjectConfiguration
        {
            Id = id,
            Repository = repository,
            Checkout = new ProjectCheckout { CloneStrategy = "shallow", Git = AskCredentials(id) },
        };
        _edits.Add(ConfigurationEdit.PutProject(project));
        return project;
    }

    private ProjectGit? AskCredentials(string id) => prompts.OneOf($"git credentials of {id}", "none", "none", "helper", "ssh-key") switch
    {
        "helper" when prompts.Text("credential helper of git", "") is { Length: > 0 } helper => new ProjectGit { CredentialHelper = helper },
        "ssh-key" when prompts.Text("path of the SSH key", "") is { Length: > 0 } key => new ProjectGit { SshKey = key },
        _ => null,
    };

    private void AskUpdates()
    {
        prompts.Say("Step 5 of 5: updates of the program");
        var update = existing?.Update ?? new UpdateConfiguration();
        Set("autoUpdate.channel", prompts.OneOf("channel", update.Channel, "stable", "beta", "main"));
        Set("autoUpdate.schedule", prompts.OneOf("schedule", update.Schedule, "nightly", "on-release", "manual"));
        Set("autoUpdate.drainTimeoutSeconds", prompts.Whole("longest wait for running sessions, in seconds", (int)update.DrainTimeout.TotalSeconds, 1, LongestDrain));
    }

    private void Set(string key, string value) => _edits.Add(ConfigurationEdit.Set(key, JsonValue.Create(value)!));

    private void Set(string key, int value) => _edits.Add(ConfigurationEdit.Set(key, JsonValue.Create(value)));

    // It is shown in lists and part of names.
    private static string? WhyNoMachineId(string text) =>
        text.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.') ? null : "Please write letters, digits, '-', '_' and '.' only.";

    private static string? WhyNotUsable(string repository) =>
        RepositorySecrets.PasswordIn(repository) is not null ? "Please leave out the user and password; a credential helper can know them."
        : RemoteRepository.Normalize(repository) is null ? "That names no repository."
        : null;

    private static bool IsWeb(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    private static int Positive(int? known, int otherwise) => known is > 0 ? known.Value : otherwise;
}
