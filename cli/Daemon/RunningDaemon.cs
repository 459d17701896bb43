using System.CommandLine;
using System.Text;
using Donmai.Client;
using Donmai.Core.Daemon;
using Donmai.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary>Finds the daemon that is meant when none is named, also one that another command hosts on a free port.</summary>
internal static class RunningDaemon
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(10);

    // A daemon whose state directory has a longer name has no socket.
    private const int LongestSocketPath = 103;

    private static readonly string[] AddressVariables = ["DONMAI_DAEMON_URL", "RENSEI_DAEMON_URL"];

    /// <summary>Whether the environment says which state directory is meant.</summary>
    public static bool IsStateDirectoryChosen => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(StateDirectoryResolver.OverrideVariable));

    /// <summary>Whether the command line or the environment names a daemon: no other one is meant then.</summary>
    /// <param name="url"><c>--daemon-url</c>, if given.</param>
    public static bool IsNamed(string? url) =>
        !string.IsNullOrWhiteSpace(url) || AddressVariables.Any(static name => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(name)));

    /// <summary>The address that the command line names: that of <c>--daemon-url</c>, else the socket of <c>--state-dir</c>.</summary>
    public static string? NamedBy(ParseResult parsed)
    {
        if (parsed.GetValue(VerbOptions.DaemonUrl) is { } url && !string.IsNullOrWhiteSpace(url))
            return url;
        return parsed.GetValue(VerbOptions.StateDir) is { } directory && !string.IsNullOrWhiteSpace(directory)
            ? ControlEndpoint.SocketScheme + DaemonSetup.StateOf(directory).Socket
            : null;
    }

    /// <summary>Where a daemon that is not named would be.</summary>
    public static string UsualPlace => Places()[0];

    /// <summary>Address of the daemon that holds the user's state directory, else of the one at the usual address.</summary>
    /// <param name="fits">Whether a daemon in that state will do.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The address; <see langword="null"/> when nobody answers.</returns>
    public static async Task<string?> Find(Predicate<DaemonStatus> fits, CancellationToken cancellationToken)
    {
        foreach (var place in Places())
            if (await Answers(place, fits, cancellationToken))
                return place;
        return null;
    }

    /// <summary>What a daemon says of itself; <see langword="null"/> when it does not answer.</summary>
    /// <param name="client">The daemon.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public static async Task<DaemonStatus?> Look(DonmaiClient client, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Status(cancellationToken);
        }
        catch (DonmaiClientException)
        {
            return null;
        }
    }

    // Whoever chose a state directory does not mean the daemon of another one, which may be at the usual address.
    private static string[] Places()
    {
        var socket = DaemonSetup.StateOf(stateDirectory: null).Socket;
        if (IsStateDirectoryChosen && Encoding.UTF8.GetByteCount(socket) <= LongestSocketPath)
            return [ControlEndpoint.SocketScheme + socket];
        return File.Exists(socket) ? [ControlEndpoint.SocketScheme + socket, ControlEndpoint.Default] : [ControlEndpoint.Default];
    }

    // The status, not the health: a daemon of another user is healthy as well, but not for us.
    private static async Task<bool> Answers(string place, Predicate<DaemonStatus> fits, CancellationToken cancellationToken)
    {
        using var probe = new DonmaiClient(new DonmaiClientOptions { Address = place, RequestTimeout = ProbeTimeout });
        try
        {
            return fits(await probe.Status(cancellationToken));
        }
        catch (DonmaiClientException)
        {
            return false;
        }
    }
}
