using System.Diagnostics;
using System.Text;

namespace Donmai.Cli.Tests;

/// <summary>The built program on a pseudo-terminal, with a home and a state directory of its own; killed with the test.</summary>
internal sealed class TerminalProgram : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _screen = new();
    private readonly Task _reading;
    private readonly Lock _gate = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _seen;

    private TerminalProgram(Process process)
    {
        _process = process;
        _reading = Read();
    }

    /// <summary>Everything printed so far.</summary>
    public string Screen
    {
        get
        {
            lock (_gate)
                return _screen.ToString();
        }
    }

    public static TerminalProgram Start(TemporaryDirectory home, string directory, string arguments, params (string Name, string Value)[] variables)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "donmai");
        var start = new ProcessStartInfo("/usr/bin/script", ["--quiet", "--return", "--command", $"'{program}' {arguments}", "/dev/null"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = directory,
        };
        start.Environment["HOME"] = home.Path;
        start.Environment["DONMAI_STATE_HOME"] = home.File("state");
        start.Environment["TERM"] = "xterm";
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return new TerminalProgram(Process.Start(start)!);
    }

    /// <summary>Waits until <paramref name="question"/> is asked, after what was answered before, and answers it.</summary>
    public async Task Answer(string question, string answer)
    {
        await Prints(question);
        await _process.StandardInput.WriteAsync(answer + "\r");
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Completes when <paramref name="text"/> is printed, after what was waited for before.</summary>
    public async Task Prints(string text)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                var at = _screen.ToString().IndexOf(text, _seen, StringComparison.Ordinal);
                if (at >= 0)
                {
                    _seen = at + text.Length;
                    return;
                }

                more = _more.Task;
            }

            if (_reading.IsCompleted)
                throw new InvalidOperationException($"The program ended without \"{text}\":\n{Screen}");
            await Task.WhenAny(more, _reading).WaitAsync(Deadline);
        }
    }

    public async Task<int> Ended()
    {
        await _process.WaitForExitAsync().WaitAsync(Deadline);
        await _reading.WaitAsync(Deadline);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task Read()
    {
        var buffer = new char[4096];
        int count;
        while ((count = await _process.StandardOutput.ReadAsync(buffer)) > 0)
        {
            TaskCompletionSource news;
            lock (_gate)
            {
                _screen.Append(buffer, 0, count);
                (news, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            news.TrySetResult();
        }
    }
}
