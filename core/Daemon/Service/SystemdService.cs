using System.Globalization;

namespace Donmai.Core.Daemon.Service;

/// <summary>The daemon as a systemd service (daemon-runtime.md §14.2).</summary>
/// <param name="scope">For whom.</param>
/// <param name="account">As whom.</param>
/// <param name="programs">Runs <c>systemctl</c>.</param>
/// <param name="systemUnits">Directory of the machine's units.</param>
internal sealed class SystemdService(ServiceScope scope, ServiceAccount account, ServicePrograms programs, string systemUnits = SystemdService.SystemUnits)
    : IDaemonService
{
    private const string SystemUnits = "/etc/systemd/system";
    private const string Keeper = "systemd";
    private const string Control = "systemctl";

    private readonly UnitFile _unit = new(Path.Combine(
        scope is ServiceScope.System ? systemUnits : Path.Combine(account.Home, ".config", "systemd", "user"), SystemdUnit.Name));

    public string? OutputFile => null;

    public async Task<string> Compose(ServiceDefinition service, CancellationToken cancellationToken) =>
        SystemdUnit.Compose(service, await Version(cancellationToken));

    public async Task<ServiceState> State(CancellationToken cancellationToken)
    {
        var state = new ServiceState
        {
            Keeper = Keeper,
            Scope = scope,
            Path = _unit.Path,
            Installed = _unit.Exists,
            KeepsSessions = _unit.Read()?.Split('\n').Contains(SystemdUnit.KeepsSessions, StringComparer.Ordinal) ?? false,
        };
        if (programs.Find(Control) is null)
            return state with { Problem = SystemdRefusal.NoProgram };
        var active = await Run(cancellationToken, "is-active", SystemdUnit.Name);
        if (SystemdRefusal.NoConnection(active, scope) is { } problem)
            return state with { Problem = problem };
        var enabled = await Run(cancellationToken, "is-enabled", SystemdUnit.Name);
        var word = active.Output.Trim();
        return state with { Active = word is "active" or "activating" or "reloading", Enabled = enabled.Succeeded, Word = word };
    }

    public async Task Install(ServiceDefinition service, CancellationToken cancellationToken)
    {
        var text = await Compose(service, cancellationToken);
        if ((await State(cancellationToken)).Problem is { } problem)
            throw new ServiceException(problem);

        var isNew = !_unit.Exists;
        _unit.Write(text);
        try
        {
            await Must(cancellationToken, "daemon-reload");
            await Must(cancellationToken, "enable", "--now", SystemdUnit.Name);
        }
        catch (ServiceException) when (isNew)
        {
            _unit.Delete();
            throw;
        }
    }

    public async Task<bool> Uninstall(CancellationToken cancellationToken)
    {
        if (!_unit.Exists)
            return false;

        // Without systemd there is nothing to stop, but still something to remove.
        var reachable = (await State(cancellationToken)).Problem is null;
        if (reachable)
            await Run(cancellationToken, "disable", "--now", SystemdUnit.Name);
        _unit.Delete();
        if (reachable)
            await Run(cancellationToken, "daemon-reload");
        return true;
    }

    public async Task Start(CancellationToken cancellationToken)
    {
        // Whoever starts it by hand means it, however often it failed before.
        await Run(cancellationToken, "reset-failed", SystemdUnit.Name);
        await Must(cancellationToken, "start", SystemdUnit.Name);
    }

    public Task Stop(bool wait, CancellationToken cancellationToken) => Must(cancellationToken, Waiting(wait, "stop"));

    public Task Restart(bool wait, CancellationToken cancellationToken) => Must(cancellationToken, Waiting(wait, "restart"));

    private static string[] Waiting(bool wait, string verb) => wait ? [verb, SystemdUnit.Name] : [verb, "--no-block", SystemdUnit.Name];

    // "systemd 252 (252.38-1~deb12u1)"
    private async Task<int> Version(CancellationToken cancellationToken)
    {
        if (programs.Find(Control) is null)
            return 0;
        var words = (await programs.Run(Control, ["--version"], cancellationToken)).Output.Split([' ', '\n', '~', '.'], 3);
        return words.Length > 1 && int.TryParse(words[1], CultureInfo.InvariantCulture, out var version) ? version : 0;
    }

    private async Task Must(CancellationToken cancellationToken, params string[] arguments)
    {
        var outcome = await Run(cancellationToken, arguments);
        if (!outcome.Succeeded)
            throw SystemdRefusal.Of(outcome, scope, string.Join(' ', InScope(arguments).Prepend(Control)));
    }

    private Task<ServiceProgramOutcome> Run(CancellationToken cancellationToken, params string[] arguments) =>
        programs.Find(Control) is null
            ? throw new ServiceException(SystemdRefusal.NoProgram)
            : programs.Run(Control, InScope(arguments), cancellationToken);

    private string[] InScope(string[] arguments) => scope is ServiceScope.User ? ["--user", .. arguments] : arguments;
}
