using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Updates;
using Donmai.Core.Sessions;
using Donmai.Silo.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Daemon;

/// <summary>What a daemon is started with.</summary>
public sealed record DaemonHostOptions
{
    /// <summary>Port of the control API that the command line uses when none is named (control-api.md §1.1).</summary>
    public const int UsualPort = 7734;

    /// <summary>Port between silos that the command line uses when none is named.</summary>
    public const int UsualSiloPort = 11111;

    /// <summary>Port for grain clients that the command line uses when none is named.</summary>
    public const int UsualGrainPort = 30000;

    /// <summary>Where the daemon keeps its files; created when it is not there.</summary>
    public required StateDirectory State { get; init; }

    /// <summary>The configuration in force.</summary>
    public required IDaemonConfiguration Configuration { get; init; }

    /// <summary>
    /// The file that the configuration was read from, to which changes of the capacity are written and which is read again when it changes;
    /// <see langword="null"/> when there is none, and no such change is possible.
    /// </summary>
    public ConfigurationFile? ConfigurationFile { get; init; }

    /// <summary>Address the control API listens on: <c>localhost</c> or an IP address.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Port of the control API; 0 lets the kernel choose.</summary>
    public int Port { get; init; }

    /// <summary>Whether <see cref="Host"/> may be reachable from other machines; the control token is required then (control-api.md §1.2).</summary>
    public bool AllowRemote { get; init; }

    /// <summary>Port between silos, on loopback; 0 takes a free one.</summary>
    public int SiloPort { get; init; }

    /// <summary>Port for grain clients, on loopback; 0 takes a free one.</summary>
    public int GrainPort { get; init; }

    /// <summary>The program that runs a session; <see langword="null"/> for the running program's own worker.</summary>
    public WorkerCommand? Worker { get; init; }

    /// <summary>What updates replace; <see langword="null"/> for the running program.</summary>
    public IInstalledProgram? InstalledProgram { get; init; }

    /// <summary>Where grains keep their state.</summary>
    public GrainStore Store { get; init; }

    /// <summary>Version to show; <see langword="null"/> for the product's own.</summary>
    public string? Version { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the two start-up lines go: program and engine, then the bound address.</summary>
    public TextWriter Announcements { get; init; } = TextWriter.Null;

    /// <summary>Where the log goes; nothing is logged without it.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }

    /// <summary>
    /// The daemon's own log, opened as the configuration says (daemon-runtime.md §2.3 <c>observability</c>) once the state directory is taken;
    /// <see cref="Logging"/> adds it. Not owned. <see langword="null"/> for none.
    /// </summary>
    public DaemonLog? Log { get; init; }

    /// <summary>Replaces collaborators of the grains, after all have been registered.</summary>
    public Action<IServiceCollection>? Services { get; init; }
}
