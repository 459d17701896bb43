using System.Globalization;
using System.Text.RegularExpressions;

namespace Donmai.Core.Daemon.Service;

/// <summary>The daemon as a launchd agent (daemon-runtime.md §14.1).</summary>
/// <param name="account">As whom.</param>
/// <param name="programs">Runs <c>launchctl</c>.</param>
/// <param name="clock">Time of the waiting.</param>
internal sealed partial class LaunchdService(ServiceAccount account, ServicePrograms programs, TimeProvider clock) : IDaemonService
{
    private const string Keeper = "launchd";
    private const string Control = "launchctl";
    private static readonly TimeSpan BootstrapPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan EndPause = TimeSpan.FromMilliseconds(250);

    private readonly UnitFile _plist = new(Path.Combine(account.Home, "Library", "LaunchAgents", LaunchdPlist.Label + ".plist"));
    private readonly string _domain = string.Create(CultureInfo.InvariantCulture, $"gui/{account.Id}");

    public string? OutputFile => LaunchdPlist.ErrorPath(account.Home);

    private string Job => $"{_domain}/{LaunchdPlist.Label}";

    public Task<string> Compose(ServiceDefinition service, CancellationToken cancellationToken) => Task.FromResult(LaunchdPlist.Compose(service));

    public async Task<ServiceState> State(CancellationToken cancellationToken)
    {
        var state = new ServiceState
        {
            Keeper = Keeper,
            Scope = ServiceScope.User,
            Path = _plist.Path,
            Installed = _plist.Exists,
            KeepsSessions = _plist.Read()?.Contains(LaunchdPlist.KeepsSessions, StringComparison.Ordinal) ?? false,
        };
        if (programs.Find(Control) is null)
            return state with { Problem = $"There is no '{Control}' on the PATH." };
        var (loaded, running) = await Look(cancellationToken);
        return state with { Enabled = loaded, Active = running, Word = running ? "running" : loaded ? "loaded" : "not loaded" };
    }

    public async Task Install(ServiceDefinition service, CancellationToken cancellationToken)
    {
        var text = LaunchdPlist.Compose(service);
        UnitFile.MakeDirectory(LaunchdPlist.LogDirectory(account.Home));
        _plist.Write(text);
        await Load(cancellationToken);
    }

    public async Task<bool> Uninstall(CancellationToken cancellationToken)
    {
        if (!_plist.Exists)
            return false;
        await Run(cancellationToken, "bootout", Job);
        _plist.Delete();
        return true;
    }

    public async Task Start(CancellationToken cancellationToken)
    {
        if ((await Look(cancellationToken)).IsLoaded)
            await Must(cancellationToken, "kickstart", Job);
        else
            await Load(cancellationToken);
    }

    // The job stays loaded: an end without failure is not made up for.
    public async Task Stop(bool wait, CancellationToken cancellationToken)
    {
        await Must(cancellationToken, "kill", "SIGTERM", Job);
        while (wait && (await Look(cancellationToken)).IsRunning)
            await Task.Delay(EndPause, clock, cancellationToken);
    }

    public async Task Restart(bool wait, CancellationToken cancellationToken)
    {
        if ((await Look(cancellationToken)).IsRunning)
            await Stop(wait: true, cancellationToken);
        await Start(cancellationToken);
    }

    private async Task Load(CancellationToken cancellationToken)
    {
        var outcome = await Bootstrap(cancellationToken);
        if (Says(outcome, "5: input/output error") || Says(outcome, "operation already in progress"))
        {
            await Task.Delay(BootstrapPause, clock, cancellationToken);
            outcome = await Bootstrap(cancellationToken);
        }

        if (!outcome.Succeeded && !Says(outcome, "already"))
            throw new ServiceException($"launchd refused the service: {outcome.Said} Try 'launchctl bootout {Job}', then install it again.");
    }

    private async Task<ServiceProgramOutcome> Bootstrap(CancellationToken cancellationToken)
    {
        await Run(cancellationToken, "bootout", Job);
        await Run(cancellationToken, "bootout", _domain, _plist.Path);
        return await Run(cancellationToken, "bootstrap", _domain, _plist.Path);
    }

    private async Task<(bool IsLoaded, bool IsRunning)> Look(CancellationToken cancellationToken)
    {
        var job = await Run(cancellationToken, "list", LaunchdPlist.Label);
        return (job.Succeeded && Says(job, LaunchdPlist.Label), RunningProcess().IsMatch(job.Output));
    }

    private async Task Must(CancellationToken cancellationToken, params string[] arguments)
    {
        var outcome = await Run(cancellationToken, arguments);
        if (!outcome.Succeeded)
            throw new ServiceException($"'{Control} {string.Join(' ', arguments)}' failed: {outcome.Said}");
    }

    private Task<ServiceProgramOutcome> Run(CancellationToken cancellationToken, params string[] arguments) =>
        programs.Run(Control, arguments, cancellationToken);

    private static bool Says(ServiceProgramOutcome outcome, string words) => outcome.Said.Contains(words, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("\"PID\" = [1-9][0-9]*;", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RunningProcess();
}
