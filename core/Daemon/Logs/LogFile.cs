using System.Globalization;
using System.Runtime.CompilerServices;

namespace Donmai.Core.Daemon.Logs;

/// <summary>
/// A log file and what was put aside of it (<c>…log.1</c> is younger than <c>…log.2</c>), read as one text; followed over being put aside
/// and over being cut to nothing.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="clock">Time of the waiting.</param>
public sealed class LogFile(string path, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Its lines.</summary>
    /// <param name="last">Only so many at the end of what there is now; <see langword="null"/> for all.</param>
    /// <param name="follow">Whether to wait for more, until cancelled; also for the file itself.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public async IAsyncEnumerable<string> Lines(int? last, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pieces = new Stack<LogPiece>();
        LogPiece? piece = null;
        try
        {
            Open(pieces, last);
            while (pieces.TryPop(out var next))
            {
                piece?.Dispose();
                piece = next;
                while (await piece.ReadLine(cancellationToken) is { } line)
                    yield return line;
            }

            while (follow)
            {
                cancellationToken.ThrowIfCancellationRequested();
                while (piece is not null && await piece.ReadLine(cancellationToken) is { } line)
                    yield return line;
                if (Next(piece) is not { } next)
                {
                    await Task.Delay(Pause, clock, cancellationToken);
                    continue;
                }

                // What was written between the last look and its being put aside.
                while (piece is not null && await piece.ReadLine(cancellationToken) is { } line)
                    yield return line;
                piece?.Dispose();
                piece = next;
            }

            if (piece?.Rest is { Length: > 0 } rest)
                yield return rest;
        }
        finally
        {
            piece?.Dispose();
            foreach (var unread in pieces)
                unread.Dispose();
        }
    }

    // All that is needed is opened at once, youngest first, so that nothing that is put aside meanwhile is read twice or not at all.
    private void Open(Stack<LogPiece> pieces, int? last)
    {
        long missing = last ?? long.MaxValue;
        for (var number = 0; missing > 0; number++)
        {
            var file = number == 0 ? path : Aside(number);
            if (LogPiece.Open(file) is not { } piece)
            {
                if (number == 0)
                    continue;
                return;
            }

            if (pieces.TryPeek(out var younger) && younger.IsBehind(file))
            {
                piece.Dispose();
                continue;
            }

            pieces.Push(piece);
            missing -= piece.StartAtLast(missing);
        }
    }

    private string Aside(int number) => string.Create(CultureInfo.InvariantCulture, $"{path}.{number}");

    // The file that follows on the one that was read, if that is not the youngest any more.
    private LogPiece? Next(LogPiece? piece)
    {
        if (piece is null)
            return LogPiece.Open(path);
        if (piece.IsBehind(path))
            return null;
        var younger = path;
        for (var number = 1; File.Exists(Aside(number)); number++)
        {
            if (piece.IsBehind(Aside(number)))
                return LogPiece.Open(younger);
            younger = Aside(number);
        }

        // Cut to nothing, or gone for good.
        return LogPiece.Open(path);
    }
}
