using Donmai.Client;
using Donmai.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary>Finds the daemon that is meant when none is named, also one that another command hosts on a free port.</summary>
internal static class RunningDaemon
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(10);
    private static readonly string[] AddressVariables = ["DONMAI_DAEMON_URL", "RENSEI_DAEMON_URL"];

    /// <summary>Whether the command line or the environment names a daemon: no other one is meant then.</summary>
    /// <param name="url"><c>--daemon-url</c>, if given.</param>
    public static bool IsNamed(string? url) =>
        !string.IsNullOrWhiteSpace(url) || AddressVariables.Any(static name => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(name)));

    /// <summary>Address of the daemon that holds the user's state directory, else of the one at the usual address.</summary>
    /// <param name="fits">Whether a daemon in that state will do.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The address; <see langword="null"/> when nobody answers.</returns>
    public static async Task<string?> Find(Predicate<DaemonStatus> fits, CancellationToken cancellationToken)
    {
        var socket = DaemonSetup.StateOf(stateDirectory: null).Socket;
        string[] places = File.Exists(socket) ? [ControlEndpoint.SocketScheme + socket, ControlEndpoint.Default] : [ControlEndpoint.Default];
        foreach (var place in places)
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
