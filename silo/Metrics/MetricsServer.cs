using System.Net;
using Donmai.Core.Daemon;
using Donmai.Silo.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Metrics;

/// <summary>
/// <c>/metrics</c> on loopback, for a Prometheus of whichever user (docs/decisions/0016): metrics hold no secrets and no names that somebody
/// has chosen.
/// </summary>
internal sealed partial class MetricsServer : IAsyncDisposable
{
    private const string Path = "/metrics";

    private readonly WebApplication _application;
    private readonly MetricCollection _metrics;

    private MetricsServer(WebApplication application, MetricCollection metrics)
    {
        _application = application;
        _metrics = metrics;
    }

    /// <summary>Starts the server. Work matters more than its measurements: a port that is taken is a warning.</summary>
    /// <param name="port">The port; <see langword="null"/> for none.</param>
    /// <param name="meter">What is measured.</param>
    /// <param name="logging">The log.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    public static async Task<MetricsServer?> Start(int? port, DaemonMeter meter, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        if (port is not { } number)
            return null;
        var logger = logging.CreateLogger<MetricsServer>();
        var metrics = new MetricCollection(meter);
        var server = new MetricsServer(Build(number, metrics, logging), metrics);
        try
        {
            await server._application.StartAsync(cancellationToken);
            Serving(logger, number);
            return server;
        }
        catch (IOException taken)
        {
            NotServing(logger, number, taken.Message);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        await server.DisposeAsync();
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _metrics.Dispose();
    }

    private static WebApplication Build(int port, MetricCollection metrics, ILoggerFactory logging)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton(logging);
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port, static listen => listen.Protocols = HttpProtocols.Http1);
        });
        var application = builder.Build();
        application.Run(context => Answer(context, metrics));
        return application;
    }

    private static Task Answer(HttpContext context, MetricCollection metrics)
    {
        var (request, response) = (context.Request, context.Response);
        if (!LoopbackNames.IsLoopbackHost(request.Headers.Host))
            response.StatusCode = StatusCodes.Status403Forbidden;
        else if (request.Path.Value != Path)
            response.StatusCode = StatusCodes.Status404NotFound;
        else if (!HttpMethods.IsGet(request.Method))
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        else
        {
            response.ContentType = PrometheusText.MediaType;
            return response.WriteAsync(metrics.Read(), context.RequestAborted);
        }

        return Task.CompletedTask;
    }
}
