using Microsoft.Extensions.Hosting;

namespace Orleans.Runtime;

/// <summary>Connects and disconnects a client with its host.</summary>
internal sealed class ClientService(RemoteCaller caller) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => caller.Connect(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => caller.Disconnect();
}
