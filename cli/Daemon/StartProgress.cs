using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Core.Daemon.Service;
using Donmai.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary>Waits for the daemon of a service that was started.</summary>
/// <param name="service">The service.</param>
/// <param name="clock">Time of the waiting.</param>
internal sealed class StartProgress(IDaemonService service, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Waits until the daemon answers, and has found the sessions of its former life.</summary>
    /// <param name="screen">Shows the waiting.</param>
    /// <param name="socket">Socket of the daemon; <see langword="null"/> when it is not known which state directory it has.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>What it says of itself.</returns>
    /// <exception cref="CommandFailureException">It did not start.</exception>
    public Task<DaemonStatus> Show(IScreen screen, string? socket, CancellationToken cancellationToken) =>
        screen.While(static () => "the daemon starts", () => Wait(socket, cancellationToken));

    private async Task<DaemonStatus> Wait(string? socket, CancellationToken cancellationToken)
    {
        var begin = clock.GetTimestamp();
        while (clock.GetElapsedTime(begin) < Longest)
        {
            if (await Answer(socket, cancellationToken) is { Status: not ("starting" or "recovering") } status)
                return status;
            if (await service.State(cancellationToken) is { Active: false } state)
                throw new CommandFailureException($"The daemon did not start ({state.Keeper} says '{state.Word}'); 'donmai daemon logs' says why.");
            await Task.Delay(Pause, clock, cancellationToken);
        }

        throw new CommandFailureException($"The daemon was started, but has not answered for {Longest.TotalSeconds} s; 'donmai daemon logs' says more.");
    }

    private static async Task<DaemonStatus?> Answer(string? socket, CancellationToken cancellationToken)
    {
        var address = socket is null ? await RunningDaemon.Find(static _ => true, cancellationToken) : ControlEndpoint.SocketScheme + socket;
        if (address is null)
            return null;
        using var client = new DonmaiClient(address);
        return await RunningDaemon.Look(client, cancellationToken);
    }
}
