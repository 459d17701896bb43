namespace Donmai.Worker.Sessions;

/// <summary>
/// Why the session is to end early: the first source wins and is stored before anything is stopped; later ones change nothing
/// (worker.md §2.4).
/// </summary>
internal sealed class SessionStop : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly CancellationTokenSource _hurried = new();
    private readonly CancellationTokenSource _forced = new();
    private readonly Lock _deciding = new();
    private volatile SessionEnd? _cause;

    /// <summary>The stored cause; <see langword="null"/> while nothing asked for an end.</summary>
    public SessionEnd? Cause => _cause;

    /// <summary>Cancelled once a cause is stored.</summary>
    public CancellationToken Requested => _requested.Token;

    /// <summary>Cancelled once somebody waits for the end, whatever the cause that counts: a limit may have come first.</summary>
    public CancellationToken Hurried => _hurried.Token;

    /// <summary>Cancelled when there is no time for politeness any more.</summary>
    public CancellationToken Forced => _forced.Token;

    /// <summary>Writes the cause down; called before anything is stopped.</summary>
    public Action<SessionEnd> Store { get; set; } = static _ => { };

    /// <summary>Asks for the end.</summary>
    /// <returns>Whether this cause is the one that counts.</returns>
    public bool TryRequest(SessionEnd cause)
    {
        bool counts;
        lock (_deciding)
        {
            counts = _cause is null;
            if (counts)
            {
                Store(cause);
                _cause = cause;
            }
        }

        if (counts)
            _requested.Cancel();
        if (cause.IsHurried)
            _hurried.Cancel();
        return counts;
    }

    /// <summary>Ends politeness; asks for the end when nobody has yet.</summary>
    public void Force()
    {
        TryRequest(SessionEnd.Signalled);
        _forced.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _requested.Dispose();
        _hurried.Dispose();
        _forced.Dispose();
    }
}
