using Donmai.Daemon;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Donmai.Silo.Gateway;

/// <summary>Says of a route what it answers while the daemon starts.</summary>
internal static class WhileStartingExtensions
{
    /// <summary>Gives <paramref name="route"/> an answer that needs no grains, as long as it makes one.</summary>
    public static RouteHandlerBuilder WhileStarting(this RouteHandlerBuilder route, Func<HttpContext, DaemonState, IResult?> answer) =>
        route.WithMetadata(new WhileStarting(answer));
}
