using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Tests.Sessions.Processes;

/// <summary>Keeps what was logged.</summary>
internal sealed class LoggedLines : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IReadOnlyCollection<(LogLevel Level, string Text)> Lines => _lines;

    /// <summary>A text that this log breaks at; <see langword="null"/> for none.</summary>
    public string? Poison { get; set; }

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception);
        if (Poison is { } poison && text.Contains(poison, StringComparison.Ordinal))
            throw new InvalidOperationException("the log breaks");
        _lines.Enqueue((logLevel, text));
    }

    public void Dispose()
    {
    }
}
