using System.Net;
using System.Text.Json;
using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Donmai.Silo.Daemon;
using Donmai.Silo.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Silo.Tests.Daemon.LongLife;

/// <summary>A whole daemon with journal, control API and configuration file, whose time is a test's, and its workers as well unless they are real.</summary>
internal sealed class LongLivedDaemon : IAsyncDisposable
{
    /// <summary>Sessions at a time.</summary>
    public const int Lanes = 16;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private readonly TameWorkers _workers = new();
    private readonly ConfigurationFile _file;
    private readonly DaemonHostOptions _options;
    private DaemonHost? _host;
    private HttpClient _http = new();
    private readonly bool _hasRealWorkers;
    private int _lastSession;

    private LongLivedDaemon(bool hasRealWorkers)
    {
        _hasRealWorkers = hasRealWorkers;
        State = new StateDirectory(_directory.Path);
        Time = new ManualTime(TimeProvider.System.GetUtcNow());
        WriteConfiguration(2 * Lanes);
        var reader = new DaemonConfigurationReader(State, null, NullLogger<DaemonConfigurationReader>.Instance);
        _file = new ConfigurationFile(State.Configuration, new ConfigurationSource(reader, static () => ""), Time, NullLogger<ConfigurationFile>.Instance);
        _options = new DaemonHostOptions
        {
            State = State,
            Configuration = _file.InForce,
            ConfigurationFile = _file,
            Worker = WorkerCommands.Shell("exit 0"),
            Time = Time,
            Services = Replace,
        };
    }

    public ManualTime Time { get; }

    public StateDirectory State { get; }

    /// <summary>Sessions that have begun so far.</summary>
    public int Sessions => Volatile.Read(ref _lastSession);

    /// <summary>Starts one.</summary>
    /// <param name="hasRealWorkers">Whether sessions have processes, which end at once by themselves.</param>
    public static async Task<LongLivedDaemon> Start(bool hasRealWorkers = false)
    {
        var daemon = new LongLivedDaemon(hasRealWorkers);
        await daemon.Resume();
        return daemon;
    }

    /// <summary>Starts the stopped daemon again.</summary>
    public async Task Resume()
    {
        _host = await DaemonHost.Start(_options);
        _http.Dispose();
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Lanes }) { BaseAddress = _host.Address };
    }

    /// <summary>Ends as a signal would end it: workers go on.</summary>
    public async Task Leave()
    {
        _http.Dispose();
        await _host!.Stop();
        _workers.Daemon = null;
    }

    /// <summary>Lets sessions begin and end.</summary>
    public Task Work(int sessions)
    {
        var left = sessions;
        return Task.WhenAll(Enumerable.Range(0, Lanes).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
                await End(await Begin());
        }));
    }

    /// <summary>Lets a session begin.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> Begin()
    {
        var id = $"ses-{Interlocked.Increment(ref _lastSession):000000}";
        using var answer = await Accept(id);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return id;
    }

    /// <summary>Asks for a session.</summary>
    public Task<HttpResponseMessage> Accept(string id) =>
        _http.PostAsync("/api/daemon/sessions", new StringContent($$"""{"sessionId":"{{id}}","repository":"shop"}"""));

    /// <summary>Lets a session end; one with a real worker is waited for: the stream of its events ends with it.</summary>
    public Task End(string id) =>
        _hasRealWorkers ? _http.GetStringAsync($"/api/daemon/sessions/{id}/events") : _workers.End(id, Time.GetUtcNow());

    /// <summary>Asks for something that is to be granted.</summary>
    public async Task Post(string path, string body = "{}")
    {
        using var answer = await _http.PostAsync("/api/daemon/" + path, new StringContent(body));
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Another program writes <c>daemon.yaml</c>.</summary>
    public void WriteConfiguration(int slots) => File.WriteAllText(
        State.Configuration,
        $$"""
        machine: { id: box }
        orchestrator: { url: "file:///q" }
        update: { schedule: manual }
        capacity: { maxConcurrentSessions: {{slots}} }
        projects: [ { id: shop, repository: "https://git.example.invalid/acme/shop" } ]

        """);

    /// <summary>Waits until <c>GET /status</c> shows a value; short times pass meanwhile.</summary>
    public async Task Shows(string name, string value)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while ((await Status()).GetProperty(name).ToString() != value)
        {
            Time.Advance(TimeSpan.FromMilliseconds(300));
            await Task.Delay(5, deadline.Token);
        }
    }

    /// <summary>What is held at rest, without the connections of this test and without the journal's files, of which there are now two and now three.</summary>
    public async Task<Footprint> Rest()
    {
        _http.Dispose();
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Lanes }) { BaseAddress = _host!.Address };
        var least = new Footprint(long.MaxValue, int.MaxValue);
        for (var hour = 1; hour <= 3; hour++) // pools shrink, and grains that nobody has called for a while go
        {
            Time.Advance(TimeSpan.FromHours(1));
            var now = await Footprint.AtRest(apart: State.Journal);
            least = new Footprint(Math.Min(least.HeapBytes, now.HeapBytes), Math.Min(least.Descriptors, now.Descriptors));
        }

        return least;
    }

    /// <summary>States that a daemon that was left has stored.</summary>
    public int Stored()
    {
        using var journal = Journal.Open(new JournalOptions { Directory = State.Journal }, new JournalDisk(), NullLogger.Instance);
        return journal.Count;
    }

    /// <summary>Waits until at most so many records of sessions are left; hours pass meanwhile.</summary>
    public async Task HasRecords(int most)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (Directory.EnumerateDirectories(State.Records).Count() > most)
        {
            Time.Advance(TimeSpan.FromHours(1));
            await Task.Delay(20, deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host!.Stop();
        _file.Dispose();
        _directory.Dispose();
    }

    private async Task<JsonElement> Status() => JsonDocument.Parse(await _http.GetStringAsync("/api/daemon/status")).RootElement;

    private void Replace(IServiceCollection services)
    {
        // The engine's own deadlines are real, or a week would pass while a call is on its way.
        foreach (var key in (string[])[TimeProviderNames.Messaging, TimeProviderNames.SystemTimers, TimeProviderNames.Membership, TimeProviderNames.GrainDirectory])
            services.AddKeyedSingleton(key, TimeProvider.System);
        if (_hasRealWorkers)
            return;
        services.AddSingleton<ISessionProcesses>(provider =>
        {
            _workers.Daemon = provider.GetRequiredService<ISessionExits>();
            return _workers;
        });
    }
}
