using System.Globalization;

namespace Donmai.Core.Daemon.Service;

/// <summary>The user a service runs as.</summary>
/// <param name="Name">Login name.</param>
/// <param name="Home">Home directory, absolute.</param>
/// <param name="Id">User id.</param>
public sealed record ServiceAccount(string Name, string Home, uint Id)
{
    private const string AskerVariable = "SUDO_USER";
    private const int NameField = 0;
    private const int IdField = 2;
    private const int HomeField = 5;
    private const int LeastFields = 6;

    /// <summary>The user of this process, or, for the system, the one who asked root through <c>sudo</c> (daemon-runtime.md §14.2).</summary>
    /// <param name="scope">For whom the service is.</param>
    /// <param name="programs">Looks the other user up.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="ServiceException">The user is not known.</exception>
    public static async Task<ServiceAccount> Of(ServiceScope scope, ServicePrograms programs, CancellationToken cancellationToken)
    {
        if (scope is ServiceScope.System && programs.Variable(AskerVariable) is { Length: > 0 } asker)
            return await Named(asker, programs, cancellationToken);

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length > 0
            ? new ServiceAccount(Environment.UserName, home, OwnUserId.Value)
            : throw new ServiceException("You have no home directory that a service could run in; set HOME.");
    }

    // "anna:x:1000:1000:Anna,,,:/home/anna:/bin/bash", also for users that no file of this machine knows.
    private static async Task<ServiceAccount> Named(string name, ServicePrograms programs, CancellationToken cancellationToken)
    {
        var entry = await programs.Run("getent", ["passwd", name], cancellationToken);
        var fields = entry.Output.Split('\n')[0].Split(':');
        return entry.Succeeded && fields.Length >= LeastFields && uint.TryParse(fields[IdField], CultureInfo.InvariantCulture, out var id)
            ? new ServiceAccount(fields[NameField], fields[HomeField], id)
            : throw new ServiceException($"The user '{name}' ({AskerVariable}) is not known to this machine, so no service can run as that user.");
    }
}
