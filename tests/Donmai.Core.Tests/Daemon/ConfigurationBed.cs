using Donmai.Core.Daemon;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Tests.Daemon;

/// <summary>A <c>daemon.yaml</c> in a directory of its own, and what is said about it.</summary>
internal sealed class ConfigurationBed : ILogger<ConfigurationFile>, ILogger<DaemonConfigurationReader>, ILogger<ConfigurationWatcher>, IDisposable
{
    public const string Minimal = """
        machine: { id: build-box-3 }
        orchestrator: { url: "https://orchestrator.example.net" }

        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("donmai-yaml-");
    private readonly List<ConfigurationFile> _opened = [];
    private readonly List<string> _lines = [];

    public string Root => _directory.FullName;

    public StateDirectory State => new(Root);

    public string Path => State.Configuration;

    public string Text
    {
        get => File.ReadAllText(Path);
        set => File.WriteAllText(Path, value);
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    public ConfigurationFile Open(string? text = null, string? path = null)
    {
        if (text is not null)
            Text = text;
        var host = new HostFacts("Build-Box-3", 8, 32768);
        var reader = new DaemonConfigurationReader(State, "/home/anna", this);
        var source = new ConfigurationSource(reader, () => GeneratedConfiguration.Text(host, State, DaemonVariables.None));
        var file = new ConfigurationFile(path ?? Path, source, TimeProvider.System, this);
        _opened.Add(file);
        return file;
    }

    public void Dispose()
    {
        _opened.ForEach(static file => file.Dispose());
        _directory.Delete(recursive: true);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
            _lines.Add(formatter(state, exception));
    }
}
