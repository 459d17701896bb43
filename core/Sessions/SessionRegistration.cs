using Donmai.Core.Sessions.Limits;
using Donmai.Core.Sessions.Logs;
using Donmai.Core.Sessions.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions;

/// <summary>Registers what sessions need of the operating system.</summary>
public static class SessionRegistration
{
    /// <summary>Adds <see cref="ISessionProcesses"/> and <see cref="ISessionEventLog"/>. The host adds <see cref="ISessionExits"/>, the configuration and the state directory.</summary>
    public static IServiceCollection AddSessionProcesses(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        if (OperatingSystem.IsMacOS())
            services.TryAddSingleton<ISystemProcesses, MacProcesses>();
        else
            services.TryAddSingleton<ISystemProcesses, LinuxProcesses>();
        services.TryAddSingleton(new SessionLogLimits());
        services.TryAddSingleton<SessionLogs>();
        services.TryAddSingleton<SessionLogReader>();
        services.TryAddSingleton<SessionRetention>();
        services.TryAddSingleton<KnownSecrets>();
        services.TryAddSingleton<SessionLimits>();
        services.AddSingleton<ISessionProcesses>(static provider => new SessionProcesses(
            provider.GetRequiredService<ISystemProcesses>(),
            provider.GetRequiredService<ISessionExits>(),
            provider.GetRequiredService<SessionLogs>(),
            provider.GetRequiredService<KnownSecrets>(),
            provider.GetRequiredService<SessionLimits>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<ISessionEventLog, SessionEventLog>();
        return services;
    }
}
