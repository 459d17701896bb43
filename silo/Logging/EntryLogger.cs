using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Logging;

/// <summary>Makes entries of one category.</summary>
/// <param name="category">Who logs.</param>
/// <param name="log">Takes the entries.</param>
internal sealed class EntryLogger(string category, DaemonLogProvider log) : ILogger
{
    private const string Template = "{OriginalFormat}";

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => log.Scopes.Push(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        var fields = new List<KeyValuePair<string, object?>>();
        var scopes = new List<string>();
        log.Scopes.ForEachScope(static (scope, seen) => AddScope(scope, seen.fields, seen.scopes), (fields, scopes));
        AddFields(state, fields);
        var step = Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current : null;
        log.Take(new LogEntry
        {
            Time = log.Clock.GetUtcNow(),
            Level = logLevel,
            Category = category,
            EventId = eventId.Id,
            Message = formatter(state, exception),
            Fields = fields,
            Scopes = scopes,
            Exception = exception?.ToString(),
            TraceId = step?.TraceId.ToHexString(),
            SpanId = step?.SpanId.ToHexString(),
        });
    }

    private static void AddScope(object? scope, List<KeyValuePair<string, object?>> fields, List<string> scopes)
    {
        if (scope is IEnumerable<KeyValuePair<string, object?>>)
            AddFields(scope, fields);
        else if (scope?.ToString() is { Length: > 0 } words)
            scopes.Add(words);
    }

    /// <summary>An inner name replaces the same one further out.</summary>
    private static void AddFields(object? state, List<KeyValuePair<string, object?>> fields)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> named)
            return;
        foreach (var (name, value) in named)
        {
            if (name == Template)
                continue;
            fields.RemoveAll(field => field.Key == name);
            fields.Add(new(name, Plain(value)));
        }
    }

    private static object? Plain(object? value) => value switch
    {
        null or string or bool or long or double => value,
        byte or sbyte or short or ushort or int or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        float number => (double)number,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
