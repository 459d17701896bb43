using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Donmai.Core.Daemon;
using Donmai.Core.Workareas.Pool;
using Donmai.Sessions;
using Donmai.Workareas;
using Microsoft.Extensions.DependencyInjection;

namespace Donmai.Core.Tests.Workareas.Pool;

/// <summary>A state directory, a bare remote reached by a <c>file://</c> URL, and a workshop that works on the pool between them.</summary>
internal sealed class WorkshopBed : ISeedNews, IAsyncDisposable
{
    private readonly Channel<SeedReport> _reports = Channel.CreateUnbounded<SeedReport>();
    private readonly Dictionary<string, string> _environment;
    private ServiceProvider _services;

    public WorkshopBed()
    {
        Directory.CreateDirectory(At("bin"));
        Directory.CreateDirectory(At("source"));
        File.WriteAllText(At("gitconfig"), "[user]\nname=T\nemail=t@example.invalid\n");
        _environment = new(StringComparer.Ordinal)
        {
            ["PATH"] = $"{At("bin")}:/usr/bin:/bin",
            ["HOME"] = Root,
            ["GIT_CONFIG_GLOBAL"] = At("gitconfig"),
            ["GIT_CONFIG_NOSYSTEM"] = "1",
        };
        Git(Root, "init", "--quiet", "--bare", "-b", "main", At("remote.git"));
        Git(At("source"), "init", "--quiet", "-b", "main");
        Git(At("source"), "remote", "add", "origin", At("remote.git"));
        Push("readme.md", "# Seed\n");
        _services = Open();
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("donmai-pool-").FullName;

    public StateDirectory State => new(At("state"));

    public ConfigurationInForce Configuration { get; } = new(new DaemonConfiguration { MachineId = "m", ArchiveRoot = "/nowhere", MinFreeDiskMb = 0 });

    public ConcurrentQueue<string> Machines { get; } = new();

    /// <summary>What the pool does when it hears of something.</summary>
    public Action<SeedReport> Hear { get; set; } = static _ => { };

    public ISeedWorkshop Workshop => _services.GetRequiredService<ISeedWorkshop>();

    public string Url => $"file://{At("remote.git")}";

    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Commits a file and pushes it.</summary>
    /// <returns>The commit.</returns>
    public string Push(string file, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At("source", file))!);
        File.WriteAllText(At("source", file), content);
        Git(At("source"), "add", "--all");
        Git(At("source"), "commit", "--quiet", "-m", file);
        Git(At("source"), "push", "--quiet", "origin", "HEAD");
        return Git(At("source"), "rev-parse", "HEAD").Trim();
    }

    public string Git(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/git", arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment.Clear();
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        using var git = Process.Start(start)!;
        git.BeginErrorReadLine();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, string.Join(' ', arguments));
        return output;
    }

    /// <summary>A script in place of git that does something before each fetch.</summary>
    public void BeforeEachFetch(string shell)
    {
        File.WriteAllText(At("bin", "git"), $"#!/bin/sh\ncase \" $* \" in *\" fetch \"*) {shell} ;; esac\nexec /usr/bin/git \"$@\"\n");
        File.SetUnixFileMode(At("bin", "git"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public SeedTask Task(int number, SeedWork work, string? url = null, string? strategy = null) => new()
    {
        Machine = "m",
        MemberId = $"local:x:{number}",
        Number = number,
        Work = work,
        Repository = PoolRepository.Normalize(url ?? Url),
        CloneSource = url ?? Url,
        Checkout = new ProjectCheckout { CloneStrategy = strategy },
    };

    /// <summary>Does one piece of work and waits for what became of it.</summary>
    public async Task<SeedReport> Do(SeedTask task)
    {
        Workshop.Begin(task);
        return await Next();
    }

    public async Task<SeedReport> Next()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _reports.Reader.ReadAsync(deadline.Token);
    }

    /// <summary>The daemon ends, and the next one starts.</summary>
    public async Task Restart()
    {
        await _services.DisposeAsync();
        _services = Open();
    }

    Task ISeedNews.Tell(string machine, SeedReport report)
    {
        Machines.Enqueue(machine);
        Hear(report);
        return _reports.Writer.WriteAsync(report).AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }

    private ServiceProvider Open() => new ServiceCollection()
        .AddLogging()
        .AddSingleton(State)
        .AddSingleton<IDaemonConfiguration>(Configuration)
        .AddSingleton(new HostEnvironment(_environment))
        .AddSingleton<ISeedNews>(this)
        .AddSingleton<DaemonMeter>()
        .AddWorkareaPool()
        .BuildServiceProvider();
}
