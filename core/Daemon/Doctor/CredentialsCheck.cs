namespace Donmai.Core.Daemon.Doctor;

/// <summary>Whether there is a registration token to present to the orchestrator (platform-api.md §2), and nobody else can read it.</summary>
/// <param name="configuration">The token.</param>
/// <param name="contact">Whether there is an orchestrator.</param>
/// <param name="path">The configuration file.</param>
internal sealed class CredentialsCheck(IDaemonConfiguration configuration, OrchestratorContact contact, string path) : IDoctorCheck
{
    private const string HowToSet = "set orchestrator.authToken in daemon.yaml or DONMAI_DAEMON_TOKEN in the environment of the daemon";
    private const string Reference = "${";

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public string Name => "credentials";

    public Task<CheckOutcome> Look(CancellationToken cancellationToken) => Task.FromResult(Look());

    private CheckOutcome Look()
    {
        var current = configuration.Current;
        if (IsLiteral(current.AuthTokenText) && !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            return CheckOutcome.Bad($"{path} holds a token and can be read by others; run: chmod 600 {path}");
        if (contact.Address is null)
            return CheckOutcome.Well("none needed without an orchestrator");
        if (current.AuthToken is not { Length: > 0 } token)
            return CheckOutcome.Bad($"there is no registration token; {HowToSet}");
        if (token.Contains(Reference, StringComparison.Ordinal))
            return CheckOutcome.Bad("orchestrator.authToken names a variable that the daemon's environment does not have");
        return RegistrationToken.Prefixes.FirstOrDefault(prefix => token.StartsWith(prefix, StringComparison.Ordinal)) is { } known
            ? CheckOutcome.Well($"a registration token is set ({known}…)")
            : CheckOutcome.Bad($"the registration token does not begin with {string.Join(" or ", RegistrationToken.Prefixes)}; {HowToSet}");
    }

    private static bool IsLiteral(string? text) => !string.IsNullOrEmpty(text) && !text.Contains(Reference, StringComparison.Ordinal);
}
