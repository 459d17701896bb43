using Donmai.Core.Providers;
using Donmai.Core.Sessions.Children;

namespace Donmai.Worker.Providers.Processes;

/// <summary>
/// The program of a provider: the configured one, else the first of its name on the agent's <c>PATH</c> (worker.md §4.0 CP-1). Where it is missing
/// its texts say how to get it (WK-69).
/// </summary>
/// <param name="provider">Name of the provider.</param>
/// <param name="name">Name of the program.</param>
/// <param name="binary">Program that was configured in its place (<c>providers.&lt;provider&gt;.binary</c>), if any.</param>
/// <param name="howToGet">How to install it, as the end of a sentence.</param>
/// <param name="clock">Source of time.</param>
internal sealed class InstalledProgram(string provider, string name, string? binary, string howToGet, TimeProvider clock)
{
    /// <summary>What is said when it is not there.</summary>
    public string Missing { get; } = binary is null
        ? $"the program '{name}' is not on PATH; {howToGet}, or set providers.{provider}.binary in daemon.yaml"
        : $"'{binary}' (providers.{provider}.binary of daemon.yaml) is not an executable file";

    /// <summary>Its absolute path, or <see langword="null"/>.</summary>
    /// <param name="environment">Environment of an agent.</param>
    public string? In(IReadOnlyDictionary<string, string> environment) => ProgramSearch.Find(binary ?? name, environment.GetValueOrDefault("PATH"));

    /// <summary>Its absolute path.</summary>
    /// <param name="environment">Environment of an agent.</param>
    /// <exception cref="ProviderUnavailableException">It is not there.</exception>
    public string Require(IReadOnlyDictionary<string, string> environment) => In(environment) ?? throw Unavailable(Missing);

    /// <summary>Where it is.</summary>
    /// <param name="environment">Environment of an agent.</param>
    public ProviderPlace Locate(IReadOnlyDictionary<string, string> environment) =>
        In(environment) is { } program ? new ProviderPlace(ProgramStamp.Of(program)) { Where = program } : new ProviderPlace("", Missing);

    /// <summary>Asks it for its version.</summary>
    /// <param name="environment">Environment of an agent.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public Task<ProviderFinding> Probe(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        ProgramVersion.Ask(Require(environment), environment, clock, cancellationToken);

    /// <summary>The refusal of a provider that cannot be used.</summary>
    /// <param name="reason">What is missing and how to get it.</param>
    public ProviderUnavailableException Unavailable(string reason) => new($"provider '{provider}' is not available: {reason}");
}
