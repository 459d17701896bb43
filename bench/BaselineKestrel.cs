using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Donmai.Bench;

/// <summary>A web server that answers every request with the same bytes: what routes and start-up are compared with.</summary>
internal static class BaselineKestrel
{
    /// <summary>Starts it; followed by the file with the bytes.</summary>
    public const string Argument = "--baseline-kestrel";

    /// <summary>Serves until TERM.</summary>
    public static async Task<int> Run(string answerPath)
    {
        var answer = await File.ReadAllBytesAsync(answerPath);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var server = builder.Build();
        server.Run(context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Length;
            return context.Response.Body.WriteAsync(answer).AsTask();
        });
        await server.StartAsync();
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"listening on 127.0.0.1:{new Uri(address).Port}"));
        await ((IHost)server).WaitForShutdownAsync();
        return 0;
    }
}
