using System.Collections;
using System.CommandLine;
using System.CommandLine.Parsing;
using Donmai.Core.Sessions.Logs;
using Donmai.Silo.Logging;
using Microsoft.Extensions.Logging;

namespace Donmai.Cli.Daemon;

/// <summary>How much a daemon logs, and what must not be in it.</summary>
internal static class LogOptions
{
    /// <summary>Variable that names the level when the command line does not.</summary>
    public const string LevelVariable = "DONMAI_LOG_LEVEL";

    private static readonly Dictionary<string, LogLevel> Levels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["trace"] = LogLevel.Trace,
        ["debug"] = LogLevel.Debug,
        ["information"] = LogLevel.Information,
        ["info"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["warn"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
        ["critical"] = LogLevel.Critical,
    };

    /// <summary><c>--log-level</c>.</summary>
    public static Option<LogLevel?> Level { get; } = CreateLevel();

    /// <summary>The level that is asked for.</summary>
    /// <exception cref="CommandFailureException">The variable names none.</exception>
    public static LogLevel LevelOf(ParseResult parsed)
    {
        if (parsed.GetValue(Level) is { } asked)
            return asked;
        var named = Environment.GetEnvironmentVariable(LevelVariable)?.Trim();
        if (string.IsNullOrEmpty(named))
            return LogLevel.Information;
        return Levels.TryGetValue(named, out var level)
            ? level
            : throw new CommandFailureException($"{LevelVariable} is '{named}', which is no level; set it to one of {Names}.", ExitCode.NotStarted);
    }

    /// <summary>A log that hides what is secret in this process's environment.</summary>
    public static DaemonLog Create()
    {
        var secrets = new SecretRedactor();
        secrets.AddFrom(Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(static variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? "")));
        return new DaemonLog(secrets);
    }

    private static Option<LogLevel?> CreateLevel()
    {
        var level = new Option<LogLevel?>("--log-level")
        {
            Description = $"Least important entries to log: trace, debug, information, warning, error or critical; otherwise {LevelVariable}, then information.",
            HelpName = "LEVEL",
            CustomParser = Parse,
        };
        level.CompletionSources.Add("trace", "debug", "information", "warning", "error", "critical");
        return level;
    }

    private static string Names => "trace, debug, information, warning, error, critical";

    private static LogLevel? Parse(ArgumentResult argument)
    {
        if (Levels.TryGetValue(argument.Tokens[0].Value, out var level))
            return level;
        argument.AddError($"'{argument.Tokens[0].Value}' is no level; write one of {Names}.");
        return null;
    }
}
