using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Donmai.Worker.Tests;

/// <summary>The worker as a process of its own.</summary>
internal sealed partial class WorkerProcess : IDisposable
{
    public const int Terminate = 15;
    public const int Hangup = 1;
    public const int KillNow = 9;

    private readonly Process _process;

    public WorkerProcess(WorkerBench bench, params string[] more)
        : this(bench, [
            "--session-id", WorkerBench.SessionId, "--worktree-dir", bench.Place.At("trees"), "--keep-worktree", bench.Keep.ToString(),
            "--detail-file", bench.WriteDetail(), .. more], bench.Variables)
    {
    }

    public WorkerProcess(WorkerBench bench, string[] words, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = bench.Place.Root,
        };
        foreach (var word in (string[])[typeof(WorkerProcess).Assembly.Location, .. words])
            start.ArgumentList.Add(word);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
    }

    public int Pid => _process.Id;

    public void Signal(int signal) => Kill(_process.Id, signal).ShouldBe(0);

    public async Task<(int Code, string Output, string Error)> End(double seconds = 60)
    {
        var output = _process.StandardOutput.ReadToEndAsync();
        var error = _process.StandardError.ReadToEndAsync();
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        await _process.WaitForExitAsync(bound.Token);
        return (_process.ExitCode, await output, await error);
    }

    public void CloseOutput()
    {
        _process.StandardOutput.Close();
        _process.StandardError.Close();
    }

    public async Task<int> Code(double seconds = 60)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        await _process.WaitForExitAsync(bound.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    public override string ToString() => _process.Id.ToString(CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
