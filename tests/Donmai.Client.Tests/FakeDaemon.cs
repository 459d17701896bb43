using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Donmai.Sessions.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Donmai.Client.Tests;

/// <summary>A real HTTP server on an ephemeral port that answers as the test says.</summary>
internal sealed class FakeDaemon : IAsyncDisposable
{
    private readonly WebApplication _server;

    private FakeDaemon(WebApplication server)
    {
        _server = server;
        Address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    /// <summary>URL of the server.</summary>
    public string Address { get; }

    /// <summary>A client of it that waits for a missing daemon at most as long as <paramref name="reconnectFor"/>.</summary>
    public DonmaiClient Client(TimeSpan? reconnectFor = null) => Client(Address, reconnectFor);

    public static DonmaiClient Client(string address, TimeSpan? reconnectFor = null) =>
        new(new DonmaiClientOptions { Address = address, RequestTimeout = TimeSpan.FromSeconds(20), ReconnectFor = reconnectFor ?? TimeSpan.FromSeconds(20) });

    public static async Task<FakeDaemon> Start(Action<IEndpointRouteBuilder> routes, int port = 0, string? socket = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            if (socket is null)
                kestrel.Listen(IPAddress.Loopback, port);
            else
                kestrel.ListenUnixSocket(socket);
        });
        builder.Services.AddRoutingCore();
        var server = builder.Build();
        routes(server);
        await server.StartAsync();
        return new FakeDaemon(server);
    }

    /// <summary>Answers every request to <paramref name="path"/> with this status and body.</summary>
    public static Task<FakeDaemon> Answering(string path, HttpStatusCode status, string body) =>
        Start(routes => routes.Map(path, async context =>
        {
            context.Response.StatusCode = (int)status;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body);
        }));

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, (JsonTypeInfo<T>)ControlApiJson.Default.GetTypeInfo(typeof(T))!);

    /// <summary>An event as a line of the log.</summary>
    public static string Line(long seq, string text) => Json<AgentEvent>(new AssistantTextEvent { Seq = seq, Text = text }) + "\n";

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
