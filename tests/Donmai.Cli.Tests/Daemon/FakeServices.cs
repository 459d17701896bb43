namespace Donmai.Cli.Tests.Daemon;

/// <summary>A home with a <c>systemctl</c> that starts and stops the real program, and writes down what it was asked.</summary>
internal sealed class FakeServices : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    public FakeServices()
    {
        Directory.CreateDirectory(_home.File("bin"));
        Program("systemctl", $$"""
            case "$1" in --version) echo 'systemd 252 (252.1)'; exit 0;; --user) shift;; esac
            lives() { [ -f "$HOME/pid" ] && case "$(ps -o stat= -p "$(cat "$HOME/pid")")" in ''|Z*) false;; esac; }
            start() { lives || { "{{Path.Combine(AppContext.BaseDirectory, "donmai")}}" daemon run --port 0 --grain-port 0 --silo-port 0 >"$HOME/log" 2>&1 </dev/null & echo $! > "$HOME/pid"; }; }
            stop() { lives && kill -TERM "$(cat "$HOME/pid")"; [ "$1" = --no-block ] || while lives; do sleep 0.1; done; }
            case "$1" in
            is-active) lives && echo active || { echo inactive; exit 3; };;
            is-enabled) [ -f "$HOME/enabled" ];;
            enable) touch "$HOME/enabled"; start;;
            disable) rm -f "$HOME/enabled"; stop;;
            start) start;;
            stop) stop "$2";;
            restart) stop; start;;
            esac
            """);
        Program("loginctl", "[ \"$1\" = show-user ] && echo Linger=no; exit 0");
    }

    public TemporaryDirectory Home => _home;

    /// <summary>What was asked of the service manager, without the questions.</summary>
    public string[] Orders => File.Exists(_home.File("calls"))
        ? [.. File.ReadLines(_home.File("calls")).Where(static call => !call.Contains(" is-", StringComparison.Ordinal) && !call.Contains("--version", StringComparison.Ordinal) && !call.Contains("show-user", StringComparison.Ordinal))]
        : [];

    public string Unit => _home.File(".config/systemd/user/donmai-daemon.service");

    public string Registration => _home.File("state/daemon.jwt");

    /// <summary>Puts a program in front of the <c>PATH</c>.</summary>
    public void Program(string name, string text)
    {
        var path = _home.File("bin/" + name);
        ProgramOnDisk.Write(path, $"#!/bin/sh\necho \"{name} $*\" >> \"$HOME/calls\"\n{text}\n");
    }

    public DonmaiProcess Start(params string[] arguments) =>
        DonmaiProcess.StartIn(_home, new Dictionary<string, string?> { ["PATH"] = _home.File("bin") + ":/usr/bin:/bin" }, arguments);

    /// <summary>Runs <c>donmai daemon …</c> to its end.</summary>
    public async Task<CommandOutcome> Daemon(params string[] arguments)
    {
        await using var program = Start(["daemon", .. arguments]);
        return await program.Ended();
    }

    public void Dispose()
    {
        // A test that failed leaves its daemon.
        if (File.Exists(_home.File("pid")) && int.TryParse(File.ReadAllText(_home.File("pid")), out var pid) && Core.Daemon.Service.DaemonProcess.IsRunning(pid))
            System.Diagnostics.Process.GetProcessById(pid).Kill();
        _home.Dispose();
    }
}
