using Donmai.Silo.Gateway;

namespace Donmai.Silo.Access;

/// <summary>What is kept for the life of one connection to the control API.</summary>
/// <param name="trust">Who opened it.</param>
/// <param name="time">The clock of its write limit.</param>
internal sealed class CallerConnection(CallerTrust trust, TimeProvider time) : IDisposable
{
    /// <summary>Who opened it.</summary>
    public CallerTrust Trust => trust;

    /// <summary>The write limit of the request that is being answered; HTTP/1.1 has one at a time.</summary>
    public ResponseDeadline Deadline { get; } = new(time);

    /// <inheritdoc/>
    public void Dispose() => Deadline.Dispose();
}
