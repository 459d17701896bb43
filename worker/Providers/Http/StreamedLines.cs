using System.Runtime.CompilerServices;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Http;

/// <summary>The lines of an answer that is written bit by bit, cut by the same rules as a program's output (worker.md §4.0 CP-6).</summary>
internal static class StreamedLines
{
    private const int LineLimit = 32 * 1024 * 1024;
    private const int ReadSize = 64 * 1024;

    /// <summary>Reads them to the end of the answer.</summary>
    /// <param name="body">The answer's body.</param>
    /// <param name="first">Longest wait for the first bytes.</param>
    /// <param name="next">Longest wait for each further piece.</param>
    /// <param name="clock">Source of time.</param>
    /// <param name="keepsEmpty">Whether empty lines mean something.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TimeoutException">Nothing came for too long.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async IAsyncEnumerable<OutputLine> Read(
        Stream body, TimeSpan first, TimeSpan next, TimeProvider clock, bool keepsEmpty, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineBuffer(LineLimit, keepsEmpty);
        var buffer = new byte[ReadSize];
        var patience = first;
        int count;
        while ((count = await Read(body, buffer, patience, clock, cancellationToken)) > 0)
        {
            patience = next;
            foreach (var line in lines.Take(buffer.AsSpan(0, count)))
                yield return line;
        }

        foreach (var line in lines.End())
            yield return line;
    }

    private static async Task<int> Read(Stream body, byte[] buffer, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(patience, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over.Token);
        try
        {
            return await body.ReadAsync(buffer, ending.Token);
        }
        catch (Exception given) when (given is OperationCanceledException or IOException && over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came for {patience.TotalSeconds:0} s", given);
        }
    }
}
