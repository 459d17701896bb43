namespace Donmai.Core.Daemon.Service;

/// <summary>The daemon as a service of the system (daemon-runtime.md §14).</summary>
public interface IDaemonService
{
    /// <summary>Where the daemon's output is kept: a file, or <see langword="null"/> for the journal.</summary>
    string? OutputFile { get; }

    /// <summary>The text of the unit file.</summary>
    /// <exception cref="ServiceException">The service cannot be expressed.</exception>
    Task<string> Compose(ServiceDefinition service, CancellationToken cancellationToken);

    /// <summary>How it stands; never throws for what is missing.</summary>
    Task<ServiceState> State(CancellationToken cancellationToken);

    /// <summary>Writes the unit file, has the service started now and by itself from now on.</summary>
    /// <exception cref="ServiceException">It was refused; a unit file that was not there before is not there now.</exception>
    Task Install(ServiceDefinition service, CancellationToken cancellationToken);

    /// <summary>Stops the service and removes its unit file.</summary>
    /// <returns>Whether there was anything to remove.</returns>
    /// <exception cref="ServiceException">It was refused.</exception>
    Task<bool> Uninstall(CancellationToken cancellationToken);

    /// <summary>Starts it.</summary>
    /// <exception cref="ServiceException">It was refused.</exception>
    Task Start(CancellationToken cancellationToken);

    /// <summary>Stops it, and waits for its end unless told otherwise.</summary>
    /// <exception cref="ServiceException">It was refused.</exception>
    Task Stop(bool wait, CancellationToken cancellationToken);

    /// <summary>Stops it, then starts it; waits for that unless told otherwise.</summary>
    /// <exception cref="ServiceException">It was refused.</exception>
    Task Restart(bool wait, CancellationToken cancellationToken);
}
