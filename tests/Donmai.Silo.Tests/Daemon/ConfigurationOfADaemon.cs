using System.Text.Json;
using Donmai.Core.Daemon;
using Donmai.Silo.Daemon;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Silo.Tests.Daemon;

public sealed class ConfigurationOfADaemon : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private DaemonHost? _host;
    private ConfigurationFile? _file;
    private HttpClient? _http;

    public async Task InitializeAsync()
    {
        var state = new StateDirectory(_directory.Path);
        await File.WriteAllTextAsync(state.Configuration, Text(slots: 2));
        var reader = new DaemonConfigurationReader(state, null, NullLogger<DaemonConfigurationReader>.Instance);
        _file = new ConfigurationFile(state.Configuration, new ConfigurationSource(reader, static () => ""), TimeProvider.System, NullLogger<ConfigurationFile>.Instance);
        _host = await DaemonHost.Start(new DaemonHostOptions { State = state, Configuration = _file.InForce, ConfigurationFile = _file, Store = GrainStore.Memory });
        _http = new HttpClient { BaseAddress = _host.Address };
    }

    public Task DisposeAsync() => _host?.Stop() ?? Task.CompletedTask;

    public void Dispose()
    {
        _http?.Dispose();
        _file?.Dispose();
        _directory.Dispose();
    }

    [Fact]
    [Trait("spec", "DR-13")]
    public async Task A_file_that_is_edited_comes_into_force_without_a_restart()
    {
        (await Slots()).ShouldBe(2);
        var replaced = Replaced();

        await File.WriteAllTextAsync(_file!.Path, Text(slots: 7) + "projects: [ { id: a, repository: acme/a } ]\n");
        await replaced.WaitAsync(Deadline);

        (await Slots()).ShouldBe(7);
    }

    [Fact]
    public async Task The_machine_is_remembered()
    {
        var record = await File.ReadAllTextAsync(Path.Combine(_directory.Path, "machine.json"));

        JsonDocument.Parse(record).RootElement.GetProperty("id").GetString().ShouldBe("box");
    }

    private static string Text(int slots) =>
        $"machine: {{ id: box }}\norchestrator: {{ url: \"file:///q\" }}\ncapacity:\n  maxConcurrentSessions: {slots} # slots\n";

    private Task Replaced()
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _file!.InForce.WhenReplaced(_ => heard.TrySetResult());
        return heard.Task;
    }

    private async Task<int> Slots()
    {
        var status = JsonDocument.Parse(await _http!.GetStringAsync("/api/daemon/status")).RootElement;
        return status.GetProperty("maxSessions").GetInt32();
    }
}
