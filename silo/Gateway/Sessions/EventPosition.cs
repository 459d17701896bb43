using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Donmai.Silo.Gateway.Sessions;

/// <summary>From where on a client wants a session's events.</summary>
internal static class EventPosition
{
    /// <summary>
    /// Number of the last event the client already has: the <c>Last-Event-ID</c> header, which a browser sends when it comes back, else
    /// the query's <c>after</c>, else 0.
    /// </summary>
    /// <exception cref="InvalidEventPositionException"><c>after</c> is not a number from 0.</exception>
    public static long Of(HttpRequest request)
    {
        if (TryRead(request.Headers["Last-Event-ID"], out var last))
            return last;
        string? after = request.Query["after"];
        if (string.IsNullOrEmpty(after))
            return 0;
        return TryRead(after, out var position) ? position : throw new InvalidEventPositionException(after);
    }

    private static bool TryRead(string? text, out long position) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out position);
}
