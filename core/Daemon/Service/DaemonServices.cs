namespace Donmai.Core.Daemon.Service;

/// <summary>Finds the service of this system.</summary>
public static class DaemonServices
{
    /// <summary>The service of a scope, installed or not.</summary>
    /// <param name="scope">For whom.</param>
    /// <param name="account">As whom.</param>
    /// <param name="programs">Runs the system's programs.</param>
    /// <param name="clock">Time of the waiting.</param>
    /// <exception cref="ServiceException">This system has no such service.</exception>
    public static IDaemonService Of(ServiceScope scope, ServiceAccount account, ServicePrograms programs, TimeProvider clock)
    {
        if (OperatingSystem.IsLinux())
            return new SystemdService(scope, account, programs);
        if (!OperatingSystem.IsMacOS())
            throw new ServiceException("Services are not supported on this system; run 'donmai daemon run' under whatever keeps your services.");
        return scope is ServiceScope.User
            ? new LaunchdService(account, programs, clock)
            : throw new ServiceException("On macOS the daemon is a service of its user: leave --system out.");
    }

    /// <summary>The service that is installed: the user's own before the machine's; <see langword="null"/> when there is none.</summary>
    /// <param name="programs">Runs the system's programs.</param>
    /// <param name="clock">Time of the waiting.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<(IDaemonService Service, ServiceState State)?> Installed(
        ServicePrograms programs, TimeProvider clock, CancellationToken cancellationToken)
    {
        ServiceScope[] scopes = OperatingSystem.IsLinux() ? [ServiceScope.User, ServiceScope.System] : OperatingSystem.IsMacOS() ? [ServiceScope.User] : [];
        foreach (var scope in scopes)
        {
            var service = Of(scope, await ServiceAccount.Of(scope, programs, cancellationToken), programs, clock);
            var state = await service.State(cancellationToken);
            if (state.Installed)
                return (service, state);
        }

        return null;
    }
}
