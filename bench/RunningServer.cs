using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Donmai.Bench;

/// <summary>A server in a process of its own that prints <c>… listening on 127.0.0.1:PORT</c>: the daemon, or the baseline.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private const string Listening = "listening on ";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _lastLines = [];

    private RunningServer(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>Its HTTP address.</summary>
    public Uri Uri => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Address.Port}"));

    /// <summary>Memory that is resident now, in MiB (VmRSS).</summary>
    public double ResidentMebibytes
    {
        get
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status"))
                .Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
    }

    /// <summary>Processor time that it has used so far, user and system.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The daemon with a state directory of its own, as soon as it accepts work.</summary>
    public static async Task<RunningServer> StartReadyDaemon(string state, params string[] arguments)
    {
        var daemon = await StartDaemon(state, arguments);
        using var http = new HttpClient { BaseAddress = daemon.Uri };
        var clock = Stopwatch.StartNew();
        while (!(await http.GetStringAsync(new Uri("/api/daemon/status", UriKind.Relative))).Contains("\"ready\"", StringComparison.Ordinal))
        {
            if (clock.Elapsed > Deadline)
                throw new TimeoutException("The daemon does not become ready.");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        return daemon;
    }

    /// <summary>The daemon with a state directory of its own, as soon as it listens.</summary>
    public static Task<RunningServer> StartDaemon(string state, params string[] arguments) =>
        Start(Checkout.Program, ["daemon", "run", "--port", "0", "--silo-port", "0", "--grain-port", "0", .. arguments], state);

    /// <summary>The baseline: Kestrel and nothing else (<see cref="BaselineKestrel"/>).</summary>
    /// <param name="scratch">A directory.</param>
    /// <param name="answer">A file with what it answers.</param>
    public static Task<RunningServer> StartBaseline(string scratch, string answer) =>
        Start(typeof(RunningServer).Assembly.Location, [BaselineKestrel.Argument, answer], scratch);

    /// <summary>Sends TERM and waits for the end.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("/bin/kill", ["-s", "TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Deadline);
        }
        catch (TimeoutException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static async Task<RunningServer> Start(string assembly, IEnumerable<string> arguments, string state)
    {
        if (!File.Exists(assembly))
            throw new FileNotFoundException($"{assembly} is not built. Run: dotnet build -c Release bench", assembly);
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = state,
        };
        start.Environment["DONMAI_STATE_HOME"] = state;
        start.Environment["HOME"] = state;
        var server = new RunningServer(new Process { StartInfo = start });
        server._process.OutputDataReceived += (_, line) => server.Read(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Read(line.Data);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        server.Address = new IPEndPoint(IPAddress.Loopback, await server.Port());
        return server;
    }

    private async Task<int> Port()
    {
        var ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(_port.Task, ended, Task.Delay(Deadline)) == _port.Task)
            return await _port.Task;
        lock (_lastLines)
            throw new InvalidOperationException($"The server did not start:\n{string.Join('\n', _lastLines)}");
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > 20)
                _lastLines.Dequeue();
        }

        var at = line.IndexOf(Listening, StringComparison.Ordinal);
        if (at >= 0 && IPEndPoint.TryParse(line[(at + Listening.Length)..].Trim(), out var address) && address.AddressFamily == AddressFamily.InterNetwork)
            _port.TrySetResult(address.Port);
    }
}
