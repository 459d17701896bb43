using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Donmai.Bench.Grains;

/// <summary>Grain calls a second through references, in process, against calls through an interface plus one <c>Channel</c> hop.</summary>
internal sealed class GrainCallFigure : IFigure
{
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1.5);

    /// <inheritdoc/>
    public string Name => "grain-call";

    /// <inheritdoc/>
    public string Summary => "grain calls/s through a reference, in process, against an interface call plus one Channel hop";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort(), FreePort()));
        using var host = builder.Build();
        await host.StartAsync(cancellation);
        try
        {
            var grains = host.Services.GetRequiredService<IGrainFactory>();
            return [await Measure(grains, callers: 1), await Measure(grains, callers: 32)];
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<FigureResult> Measure(IGrainFactory grains, int callers)
    {
        var references = Enumerable.Range(0, callers)
            .Select(number => grains.GetGrain<IEchoGrain>(string.Create(CultureInfo.InvariantCulture, $"echo/{number}"))).ToArray();
        var channels = Enumerable.Range(0, callers).Select(_ => new ChannelEcho()).ToArray();
        try
        {
            var (ours, baseline) = await Rounds.Measure(
                3,
                () => CallsPerSecond(references.Select<IEchoGrain, Func<int, Task<int>>>(grain => grain.Echo)),
                () => CallsPerSecond(channels.Select<IEcho, Func<int, Task<int>>>(channel => channel.Echo)));
            return new FigureResult(
                string.Create(CultureInfo.InvariantCulture, $"grain call, {callers} caller{(callers == 1 ? "" : "s")}"),
                ours, baseline, "/s", 0.3, FigureLimit.AtLeast);
        }
        finally
        {
            foreach (var channel in channels)
                await channel.DisposeAsync();
        }
    }

    private static async Task<double> CallsPerSecond(IEnumerable<Func<int, Task<int>>> targets)
    {
        const int burst = 64;
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(targets.Select(target => Task.Run(async () =>
        {
            var count = 0;
            while (clock.Elapsed < Slice)
            {
                for (var i = 0; i < burst; i++)
                    await target(i);
                count += burst;
            }

            return count;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
