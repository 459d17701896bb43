using System.Diagnostics.CodeAnalysis;
using System.Text;
using Donmai.Core.Daemon;

namespace Donmai.Core.Platform;

/// <summary>Whom a daemon registers with, and as what; decided once, by configuration and environment alone (platform-api.md §13).</summary>
public sealed record PlatformTarget
{
    private const string ForceStub = "DAEMON_FORCE_STUB";
    private const string RealRegistration = "DAEMON_REAL_REGISTRATION";
    private const string QueueScheme = "file://";

    private static readonly string[] Negations = ["0", "false", "off", "no"];

    /// <summary>How.</summary>
    public required PlatformMode Mode { get; init; }

    /// <summary>Base URL without a <c>/</c> at its end; empty without one.</summary>
    public string Url { get; init; } = "";

    /// <summary>Registration token; secret. Empty when there is none.</summary>
    public string Token { get; init; } = "";

    /// <summary>Id of the machine.</summary>
    public required string MachineId { get; init; }

    /// <summary>Why nothing is sent, for people; <see langword="null"/> when something is.</summary>
    public string? Why { get; init; }

    /// <summary>Decides.</summary>
    /// <param name="configuration">Orchestrator and token.</param>
    /// <param name="variables">The environment, which can force a stub (daemon-runtime.md §2.10).</param>
    public static PlatformTarget Of(DaemonConfiguration configuration, DaemonVariables variables)
    {
        var target = new PlatformTarget
        {
            Mode = PlatformMode.Real,
            Url = configuration.OrchestratorUrl.TrimEnd('/'),
            Token = configuration.AuthToken ?? "",
            MachineId = configuration.MachineId,
        };
        if (target.Url.Length == 0)
            return target with { Mode = PlatformMode.Local, Why = "no orchestrator is configured" };
        return WhyStub(target, variables) is { } why ? target with { Mode = PlatformMode.Stub, Why = why } : target;
    }

    /// <summary>Whether the environment forces a stub (platform-api.md §17 PA-8).</summary>
    public static bool IsStubForced(DaemonVariables variables) =>
        (variables.Own(ForceStub)?.Trim() is { Length: > 0 } forced && !IsNegation(forced))
        || (variables.Own(RealRegistration)?.Trim() is { } real && IsNegation(real));

    private static string? WhyStub(PlatformTarget target, DaemonVariables variables)
    {
        if (IsStubForced(variables))
            return "the environment forces a stub (DONMAI_DAEMON_FORCE_STUB)";
        if (target.Url.StartsWith(QueueScheme, StringComparison.OrdinalIgnoreCase))
            return "orchestrator.url is a queue of this machine";
        if (target.Token.Length == 0)
            return "there is no registration token; set orchestrator.authToken or DONMAI_DAEMON_TOKEN";
        return RegistrationToken.IsAccepted(target.Token) ? null : $"the registration token does not begin with {string.Join(" or ", RegistrationToken.Prefixes)}";
    }

    private static bool IsNegation(string text) => Negations.Contains(text, StringComparer.OrdinalIgnoreCase);

    // The text of a record has all its members, and the token must not get into a log by way of it.
    [SuppressMessage("CodeQuality", "IDE0051", Justification = "The compiler calls it.")]
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(nameof(Mode)).Append(" = ").Append(Mode);
        return true;
    }
}
