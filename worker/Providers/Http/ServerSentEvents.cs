using System.Runtime.CompilerServices;
using System.Text;

namespace Donmai.Worker.Providers.Http;

/// <summary>Reads the data of server-sent events; other fields mean nothing here.</summary>
internal static class ServerSentEvents
{
    private const string Field = "data:";

    /// <summary>The data of each complete event, until the answer ends. An event with a line that is too long is skipped.</summary>
    /// <param name="body">The answer's body.</param>
    /// <param name="clock">Source of time.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async IAsyncEnumerable<string> Read(Stream body, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var data = new StringBuilder();
        var isSkipped = false;
        await foreach (var line in StreamedLines.Read(body, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, clock, keepsEmpty: true, cancellationToken))
        {
            if (line.SkippedBytes > 0)
            {
                isSkipped = true;
            }
            else if (line.Text.StartsWith(Field, StringComparison.Ordinal))
            {
                if (data.Length > 0)
                    data.Append('\n');
                data.Append(line.Text.AsSpan(Field.Length).TrimStart(' '));
            }
            else if (line.Text.Length == 0)
            {
                if (data.Length > 0 && !isSkipped)
                    yield return data.ToString();
                data.Clear();
                isSkipped = false;
            }
        }
    }
}
