using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Donmai.Cli.Tests;

/// <summary>The built program as a process of its own, with a home and a state directory of its own; killed with the test.</summary>
internal sealed class DonmaiProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task _reading;
    private readonly Task<string> _error;
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];
    private readonly Lock _gate = new();

    private DonmaiProcess(Process process)
    {
        _process = process;
        _reading = Read();
        _error = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public static DonmaiProcess Start(TemporaryDirectory home, params string[] arguments) => StartWithStub("succeed-with-pr", home, arguments);

    /// <summary>As <see cref="Start"/>, with another script for the stub.</summary>
    public static DonmaiProcess StartWithStub(string stubMode, TemporaryDirectory home, params string[] arguments) =>
        StartIn(home, new Dictionary<string, string?> { ["RENSEI_STUB_MODE"] = stubMode }, arguments);

    /// <summary>As <see cref="Start"/>, in another environment; a variable that is <see langword="null"/> is not set.</summary>
    public static DonmaiProcess StartIn(TemporaryDirectory home, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "donmai"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = home.Path,
        };
        start.Environment["HOME"] = home.Path;
        start.Environment["DONMAI_STATE_HOME"] = home.File("state");
        start.Environment.Remove("DONMAI_DAEMON_URL");
        start.Environment.Remove("RENSEI_DAEMON_URL");
        foreach (var (name, value) in environment)
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }

        return new DonmaiProcess(Process.Start(start)!);
    }

    /// <summary>Completes when <paramref name="text"/> was printed.</summary>
    public Task Prints(string text)
    {
        lock (_gate)
        {
            if (_output.ToString().Contains(text, StringComparison.Ordinal))
                return Task.CompletedTask;
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((text, seen));
            return seen.Task.WaitAsync(Deadline);
        }
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("/bin/kill", ["-s", name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<CommandOutcome> Ended()
    {
        await _process.WaitForExitAsync().WaitAsync(Deadline);
        await _reading.WaitAsync(Deadline);
        return new CommandOutcome(_process.ExitCode, _output.ToString(), await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task Read()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_gate)
            {
                _output.Append(line).Append('\n');
                foreach (var (text, seen) in _awaited)
                    if (line.Contains(text, StringComparison.Ordinal))
                        seen.TrySetResult();
            }
        }
    }
}
