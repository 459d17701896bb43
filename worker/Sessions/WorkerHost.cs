namespace Donmai.Worker.Sessions;

/// <summary>What the worker takes from the process it runs in.</summary>
internal sealed record WorkerHost
{
    /// <summary>Where the result is printed.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Where trouble is told.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>The environment.</summary>
    public required WorkerVariables Variables { get; init; }

    /// <summary>Sends requests to the daemon.</summary>
    public required Func<HttpMessageHandler> Transport { get; init; }

    /// <summary>Sends requests to the platform; <see langword="null"/> for connections of the worker's own.</summary>
    public HttpMessageHandler? Platform { get; init; }

    /// <summary>The process is the worker's own: its signals and its orphaned descendants are the session's.</summary>
    public required bool OwnsProcess { get; init; }

    /// <summary>Bounds.</summary>
    public WorkerSettings Settings { get; init; } = new();

    /// <summary>Source of time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Source of jitter.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>This process.</summary>
    public static WorkerHost OfThisProcess()
    {
        var variables = WorkerVariables.OfThisProcess();
        return new WorkerHost
        {
            Output = Console.Out,
            Error = Console.Error,
            Variables = variables,
            Transport = static () => new PlainTransport(static () => new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }),
            OwnsProcess = true,
            Settings = long.TryParse(variables.Own("DISK_FLOOR_BYTES"), out var floor) && floor >= 0 ? new() { DiskFloor = floor, RunningDiskFloor = Math.Min(floor, new WorkerSettings().RunningDiskFloor) } : new(),
        };
    }
}
