using System.Text.Json;
using Donmai.Core.Sessions.Logs;
using Donmai.Silo.Logging;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Tests.Logging;

/// <summary>A log with a file in a directory of its own.</summary>
internal sealed class LogBed : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly DaemonLog _log;
    private readonly ILoggerFactory _factory;

    public LogBed(LogLevel least = LogLevel.Information, SecretRedactor? secrets = null)
    {
        _log = new DaemonLog(secrets ?? new SecretRedactor());
        _factory = LoggerFactory.Create(logging => _log.AddTo(logging, least));
    }

    public string Path => System.IO.Path.Combine(_directory.Path, "daemon.log");

    public Stream Error { get; init; } = new MemoryStream();

    public long Lost => _log.Lost;

    public ILogger Logger(string category = "Donmai.Test") => _factory.CreateLogger(category);

    public LogBed Open(LogFormat format = LogFormat.Text, long largest = 1 << 20, int kept = 5, string? path = null)
    {
        _log.Open(new DaemonLogOptions { Format = format, Path = path ?? Path, LargestFile = largest, FilesKept = kept, StandardError = Error });
        return this;
    }

    /// <summary>Waits until everything is written.</summary>
    public void Close()
    {
        _factory.Dispose();
        _log.Dispose();
    }

    /// <summary>The lines of the file, once everything is written.</summary>
    public string[] Lines()
    {
        Close();
        return File.ReadAllLines(Path);
    }

    /// <summary>The entries of the file, once everything is written.</summary>
    public JsonElement[] Entries() => Array.ConvertAll(Lines(), static line => JsonDocument.Parse(line).RootElement);

    public void Dispose()
    {
        Close();
        _directory.Dispose();
    }
}
