using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Orleans.Runtime;

/// <summary>Starts and stops a silo with its host.</summary>
internal sealed class SiloService(SiloRuntime silo, LocalSilo details, Gateway gateway, IServiceProvider services) : IHostedService
{
    private static readonly DeactivationReason ShuttingDown = new(DeactivationReasonCode.ShuttingDown, "The silo is shutting down");

    private ActivationCollector? _collector;

    /// <exception cref="OrleansConfigurationException">The silo is not configured, or its gateway port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<ClusteringChoice>() is null)
        {
            throw new OrleansConfigurationException("Clustering has not been configured: call UseLocalhostClustering.");
        }

        if (services.GetService<ReminderService>() is { } reminders)
        {
            await reminders.Start(cancellationToken);
        }

        _collector = services.GetRequiredService<ActivationCollector>();
        await gateway.Start(cancellationToken);
        silo.Log.Started(details.Name, StandIn.Name, gateway.Description, silo.Classes.Manifest.Entries.Count);
    }

    /// <summary>First nobody comes in, then nobody is woken, then everybody ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await gateway.Stop();
        services.GetService<ReminderService>()?.Dispose();
        _collector?.Dispose();
        try
        {
            await silo.Directory.Close(ShuttingDown, cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            silo.Log.ShutdownCutShort(exception);
        }

        silo.Deadlines.FailAll(call => new SiloUnavailableException($"The silo has stopped before {call.Target} answered."));
        silo.Log.Stopped(details.Name);
    }
}
