using System.Runtime.CompilerServices;

namespace Donmai.Worker.Providers.Http;

/// <summary>Reads the data of server-sent events; other fields mean nothing here.</summary>
internal static class ServerSentEvents
{
    /// <summary>The data of each complete event, until the answer ends. An event with a line that is too long is skipped.</summary>
    /// <param name="body">The answer's body.</param>
    /// <param name="clock">Source of time.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async IAsyncEnumerable<string> Read(Stream body, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parts = new ServerEvents();
        var isSkipped = false;
        await foreach (var line in StreamedLines.Read(body, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, clock, keepsEmpty: true, cancellationToken))
        {
            isSkipped |= line.SkippedBytes > 0;
            if (line.SkippedBytes > 0)
                continue;
            if (parts.Take(line.Text) is { Length: > 0 } data && !isSkipped)
                yield return data;
            isSkipped &= line.Text.Length > 0;
        }
    }
}
