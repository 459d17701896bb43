using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Donmai.Worker.Tests;

/// <summary>An HTTP server on this machine that answers as a test says, on a port that the system gives it.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly CancellationTokenSource _closing = new();

    public LoopbackServer(RequestDelegate answer, int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100)); // who still waits is cut off
        _server = builder.Build();
        _server.Run(context => Answer(answer, context));
        _server.Start();
        Address = new Uri(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public Uri Address { get; }

    /// <summary>Cancelled when the server goes.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>The path of a request as it was sent, escapes included.</summary>
    public static string PathOf(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];

    public static async Task<string> BodyOf(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync();
    }

    public async Task Stop()
    {
        await _closing.CancelAsync();
        await _server.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await _server.DisposeAsync();
        _closing.Dispose();
    }

    private static async Task Answer(RequestDelegate answer, HttpContext context)
    {
        try
        {
            await answer(context);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            context.Abort(); // the client has gone, or the server has
        }
    }
}
