using Donmai.Core.Daemon;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Daemon;

/// <summary>The daemon's link to its platform, as the daemon's life goes (control-api.md §5, daemon-runtime.md §6.3, §6.4).</summary>
/// <param name="grains">The grains.</param>
/// <param name="machine">The machine.</param>
/// <param name="logger">Told of what could not be ended or told.</param>
internal sealed partial class PlatformLoops(IGrainFactory grains, string machine, ILogger logger)
{
    private bool _isBegun;

    /// <summary>Registers, or begins to; before work is accepted.</summary>
    public Task Register() => grains.Registration(machine).Begin();

    /// <summary>Beats, and asks for work; work is accepted by now.</summary>
    public async Task Begin()
    {
        await grains.Heartbeat(machine).Begin();
        await grains.Polling(machine).Begin();
        await grains.Outbox(machine).Begin();
        _isBegun = true;
    }

    /// <summary>The daemon has come to another phase: the platform hears of it without waiting for the next beat. The phase holds whoever hears of it.</summary>
    public async Task Tell(DaemonPhase phase)
    {
        if (!_isBegun)
            return;
        if (phase is DaemonPhase.Stopping)
            await Try(() => grains.Polling(machine).End(), "polling");
        await Try(() => grains.Heartbeat(machine).BeatSoon(), "the wait for the next heartbeat");
        if (phase is DaemonPhase.Running)
            await Try(() => grains.Polling(machine).PollSoon(), "the wait for the next poll");
    }

    /// <summary>No more work, a last beat, no more steps of the registration. A daemon that ends is not kept from it by any of them.</summary>
    public async Task End()
    {
        _isBegun = false;
        await Try(() => grains.Polling(machine).End(), "polling");
        await Try(() => grains.Outbox(machine).End(), "the delivery of results");
        await Try(() => grains.Heartbeat(machine).End(), "the heartbeat");
        await Try(() => grains.Registration(machine).End(), "the registration");
    }

    private async Task Try(Func<Task> end, string what)
    {
        try
        {
            await end();
        }
        catch (Exception failure)
        {
            NotEnded(what, failure);
        }
    }
}
