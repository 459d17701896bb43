using System.Globalization;

namespace Donmai.Core.Daemon.Service;

/// <summary>What systemd's refusals mean for somebody who wants a daemon.</summary>
internal static class SystemdRefusal
{
    /// <summary>There is no systemd.</summary>
    public const string NoProgram =
        "There is no 'systemctl' on the PATH: this system has no systemd. Run 'donmai daemon run' under whatever keeps your services.";

    private const string NotBooted =
        "systemd does not run this system (a container, perhaps). Run 'donmai daemon run' under whatever keeps your services.";

    private const string NeedsRoot = "A service of the whole machine is a matter for root: use sudo.";

    /// <summary>Why systemd cannot be reached at all, if so.</summary>
    public static string? NoConnection(ServiceProgramOutcome outcome, ServiceScope scope)
    {
        var said = outcome.Said;
        if (outcome.Succeeded)
            return null;
        if (Has(said, "not been booted with systemd"))
            return NotBooted;
        return Has(said, "failed to connect to") ? scope is ServiceScope.User ? NoUserBus(said) : $"systemd cannot be reached: {said}" : null;
    }

    /// <summary>The refusal of a command.</summary>
    /// <param name="outcome">What it left.</param>
    /// <param name="scope">Whose services it was about.</param>
    /// <param name="command">The command.</param>
    public static ServiceException Of(ServiceProgramOutcome outcome, ServiceScope scope, string command)
    {
        if (NoConnection(outcome, scope) is { } problem)
            return new ServiceException(problem);
        var said = outcome.Said;
        var mayBeRights = scope is ServiceScope.System
            && (Has(said, "access denied") || Has(said, "authentication") || Has(said, "permission denied") || Has(said, "not permitted"));
        return new ServiceException(string.Create(
            CultureInfo.InvariantCulture,
            $"'{command}' failed (exit code {outcome.ExitCode}): {(said.Length > 0 ? said : "it does not say why.")}{(mayBeRights ? " " + NeedsRoot : "")}"));
    }

    private static string NoUserBus(string said) =>
        $"Your own systemd cannot be reached ({said.TrimEnd('.')}). Log in as yourself rather than through su or sudo, or set XDG_RUNTIME_DIR=/run/user/$(id -u); "
        + "or install a service of the whole machine: sudo donmai daemon install --system.";

    private static bool Has(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
