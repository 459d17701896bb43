namespace Orleans.Hosting;

/// <summary>A retry filter that is a method.</summary>
internal sealed class ConnectionRetryDelegate(Func<Exception, CancellationToken, Task<bool>> filter) : IClientConnectionRetryFilter
{
    public Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken) => filter(exception, cancellationToken);
}
