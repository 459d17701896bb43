using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Donmai.Bench.Sessions;

/// <summary>The caller's time to start a session's process: own kernel session, output files, supervisor.</summary>
internal sealed class SpawnFigure : IFigure
{
    private const int WarmUp = 300;
    private const int Sessions = 300;

    /// <inheritdoc/>
    public string Name => "spawn";

    /// <inheritdoc/>
    public string Summary => "the caller's time to start a session's process: median, and the 99th of 100";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var directory = new ScratchDirectory("spawn");
        var exits = new Exits();
        var services = new ServiceCollection().AddLogging(logging => logging.ClearProviders()).AddSingleton(TimeProvider.System);
        services
            .AddSingleton(new StateDirectory(directory.Path))
            .AddSingleton<IDaemonConfiguration>(new ConfigurationInForce(new DaemonConfiguration { MachineId = "bench", ArchiveRoot = directory.Path }))
            .AddSingleton<ISessionExits>(exits)
            .AddSessionProcesses();
        await using var provider = services.BuildServiceProvider();
        var processes = provider.GetRequiredService<ISessionProcesses>();

        var times = new List<double>();
        for (var number = 0; number < WarmUp + Sessions; number++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"ses-{number:0000}");
            var launch = Launch(id, Directory.CreateDirectory(Path.Combine(directory.Path, id)).FullName);
            var ended = exits.Of(id);
            var clock = Stopwatch.StartNew();
            processes.Start(launch);
            times.Add(clock.Elapsed.TotalMilliseconds);
            await ended.WaitAsync(TimeSpan.FromSeconds(10), cancellation);
        }

        var sorted = times.Skip(WarmUp).Order().ToArray();
        return
        [
            new FigureResult("spawn, the caller's time, median", Rounds.Median(sorted), null, "ms", 3, FigureLimit.AtMost),
            new FigureResult("spawn, the caller's time, 99 %", sorted[(int)(sorted.Length * 0.99)], null, "ms", 5, FigureLimit.AtMost),
        ];
    }

    private static WorkerLaunch Launch(string id, string record) => new()
    {
        SessionId = id,
        Command = ["/bin/sh", "-c", "exit 0"],
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
        RecordPath = record,
        WorkingDirectory = record,
    };

    private sealed class Exits : ISessionExits
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _ended = [];

        public Task Of(string sessionId) => Source(sessionId).Task;

        public Task Exited(string sessionId, Donmai.Sessions.ProcessExit exit)
        {
            Source(sessionId).TrySetResult();
            return Task.CompletedTask;
        }

        private TaskCompletionSource Source(string sessionId) =>
            _ended.GetOrAdd(sessionId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
