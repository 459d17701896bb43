using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Logging;

/// <summary>Hands what is logged to the sinks of a <see cref="DaemonLog"/>.</summary>
/// <param name="take">Takes entries.</param>
/// <param name="clock">Source of time.</param>
internal sealed class DaemonLogProvider(Action<LogEntry> take, TimeProvider clock) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>Scopes around what is logged now.</summary>
    public IExternalScopeProvider Scopes { get; private set; } = new LoggerExternalScopeProvider();

    /// <summary>Source of time.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Takes an entry; never waits, never throws.</summary>
    public void Take(LogEntry entry) => take(entry);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new EntryLogger(categoryName, this);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
