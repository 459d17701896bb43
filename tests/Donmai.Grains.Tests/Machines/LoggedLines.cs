using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Tests.Machines;

/// <summary>Everything that is logged, from the least important level on.</summary>
internal sealed class LoggedLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{formatter(state, exception)} {exception}".TrimEnd());

    public void Dispose()
    {
        // Lines outlive the daemon that wrote them.
    }
}
