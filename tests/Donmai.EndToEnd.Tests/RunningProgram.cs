using System.Diagnostics;
using System.Text;

namespace Donmai.EndToEnd.Tests;

/// <summary>A real process with a private environment; killed with the test.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly List<(Func<string, bool> Match, TaskCompletionSource<string> Found)> _waiting = [];
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _outputEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _errorEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningProgram(Process process) => _process = process;

    public int Pid => _process.Id;

    /// <summary>Starts a program with exactly the given environment.</summary>
    public static RunningProgram Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string? directory = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = directory ?? Path.GetTempPath(),
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var running = new RunningProgram(new Process { StartInfo = start });
        running._process.OutputDataReceived += (_, line) => running.Read(line.Data, running._output, running._outputEnded);
        running._process.ErrorDataReceived += (_, line) => running.Read(line.Data, running._error, running._errorEnded);
        running._process.Start();
        running._process.StandardInput.Close();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>The first line, of either stream, that contains <paramref name="text"/>; printed already or to come.</summary>
    public Task<string> LineWith(string text)
    {
        lock (_gate)
        {
            var printed = (_output + "\n" + _error).Split('\n').FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal));
            if (printed is not null)
                return Task.FromResult(printed);
            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((line => line.Contains(text, StringComparison.Ordinal), found));
            return Within(found.Task, $"a line with \"{text}\"");
        }
    }

    public async Task<ProgramOutcome> Ended()
    {
        await Within(_process.WaitForExitAsync(), "the end of the process");
        await Within(Task.WhenAll(_outputEnded.Task, _errorEnded.Task), "the end of its output");
        return Outcome(_process.ExitCode);
    }

    /// <summary>kill -9: the program gets no chance to do anything.</summary>
    public async Task KillHard()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends a signal by its name, e.g. <c>TERM</c>.</summary>
    public void Signal(string name) => Signal(name, _process.Id);

    /// <summary>Sends a signal by its name to a process.</summary>
    public static void Signal(string name, int pid)
    {
        using var kill = Process.Start("/bin/kill", ["-s", name, pid.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillHard();
        _process.Dispose();
    }

    /// <summary>Whether a process lives; one that has ended and was not asked for its exit code yet does not.</summary>
    public static bool IsAlive(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1][0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<T> Within<T>(Task<T> task, string what)
    {
        await Within((Task)task, what);
        return await task;
    }

    private async Task Within(Task task, string what)
    {
        if (await Task.WhenAny(task, Task.Delay(Deadline)) != task)
            throw new TimeoutException($"Waited {Deadline.TotalSeconds} s for {what}.\n{Outcome(-1)}");
    }

    private ProgramOutcome Outcome(int exitCode)
    {
        lock (_gate)
            return new(exitCode, _output.ToString(), _error.ToString());
    }

    private void Read(string? line, StringBuilder into, TaskCompletionSource ended)
    {
        if (line is null)
        {
            ended.TrySetResult();
            return;
        }

        lock (_gate)
        {
            into.Append(line).Append('\n');
            foreach (var (match, found) in _waiting)
            {
                if (match(line))
                    found.TrySetResult(line);
            }
        }
    }
}
