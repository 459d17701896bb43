using System.Globalization;
using System.Text;

namespace Donmai.Core.Daemon.Service;

/// <summary>The text of the systemd unit (daemon-runtime.md §14.2, decision 15).</summary>
internal static class SystemdUnit
{
    /// <summary>Name of the unit.</summary>
    public const string Name = "donmai-daemon.service";

    /// <summary>The line of a unit whose sessions outlive the daemon.</summary>
    public const string KeepsSessions = "KillMode=process";

    /// <summary>First version of systemd that puts the daemon beside the control groups of its sessions, so that it can divide what it was given.</summary>
    public const int FirstWithSubgroups = 254;

    private const string Identifier = "donmai-daemon";

    /// <summary>Composes it.</summary>
    /// <param name="service">What it is to say.</param>
    /// <param name="systemd">Version of systemd; 0 when it is not known.</param>
    /// <exception cref="ServiceException">systemd cannot run the program.</exception>
    public static string Compose(ServiceDefinition service, int systemd)
    {
        var text = new StringBuilder();
        text.AppendJoin('\n', ["[Unit]", "Description=Donmai local daemon", "Wants=network-online.target", "After=network-online.target",
            "StartLimitIntervalSec=300", "StartLimitBurst=10", "", "[Service]", "Type=simple", "ExecStart=" + CommandLine(service), ""]);
        if (service.Scope is ServiceScope.System)
            Line(text, "User", service.Account.Name.Replace("%", "%%", StringComparison.Ordinal));
        Line(text, "Restart", "on-failure");
        Line(text, "RestartSec", "5s");
        Line(text, "RestartForceExitStatus", "3");

        // A configuration that cannot be used does not become usable by being read again.
        Line(text, "RestartPreventExitStatus", "78");
        Line(text, "SuccessExitStatus", "3");
        text.Append(service.KeepSessions ? KeepsSessions : "KillMode=mixed").Append('\n');
        Line(text, "TimeoutStopSec", service.StopSeconds.ToString(CultureInfo.InvariantCulture));
        Line(text, "Delegate", "yes");
        if (systemd >= FirstWithSubgroups)
            Line(text, "DelegateSubgroup", "daemon");

        // A session that takes more memory than there is ends alone.
        Line(text, "OOMPolicy", "continue");
        Line(text, "Environment", SystemdText.Word("PATH=" + SearchPath(service.Account.Home)));
        foreach (var (name, value) in service.Variables)
            Line(text, "Environment", SystemdText.Word($"{name}={value}"));
        text.AppendJoin('\n', ["StandardOutput=journal", "StandardError=journal", "SyslogIdentifier=" + Identifier, "",
            "[Install]", service.Scope is ServiceScope.System ? "WantedBy=multi-user.target" : "WantedBy=default.target", ""]);
        return text.ToString();
    }

    private static string CommandLine(ServiceDefinition service)
    {
        var words = service.Words.ToList();
        if (!SystemdText.IsProgramPath(words[0]))
            throw new ServiceException($"systemd cannot run {words[0]}: a program's path must be free of quotes and backslashes. Put the program elsewhere, or name another with --binary.");
        return string.Join(' ', words.Skip(1).Select(SystemdText.Argument).Prepend(SystemdText.Quoted(words[0])));
    }

    /// <summary>The <c>PATH</c> of the service.</summary>
    internal static string SearchPath(string home) => home.TrimEnd('/') + "/.local/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

    private static void Line(StringBuilder text, string name, string value) => text.Append(name).Append('=').Append(value).Append('\n');
}
