namespace Donmai.Core.Daemon.Service;

/// <summary>Whether a user's services go on without the user (daemon-runtime.md §14.2, loginctl(1)).</summary>
/// <param name="account">The user.</param>
/// <param name="programs">Runs <c>loginctl</c>.</param>
public sealed class Lingering(ServiceAccount account, ServicePrograms programs)
{
    private const string Control = "loginctl";

    /// <summary>Whether the user's services end when the user logs out; <see langword="null"/> when nobody knows.</summary>
    public async Task<bool?> EndsAtLogout(CancellationToken cancellationToken)
    {
        if (programs.Find(Control) is null)
            return null;
        var answer = await programs.Run(Control, ["show-user", account.Name, "--property=Linger"], cancellationToken);
        return answer.Output.Trim() switch { "Linger=no" => true, "Linger=yes" => false, _ => null };
    }

    /// <summary>Lets the user's services go on, and start with the machine.</summary>
    /// <exception cref="ServiceException">That is not permitted.</exception>
    public async Task Enable(CancellationToken cancellationToken)
    {
        var outcome = await programs.Run(Control, ["enable-linger", account.Name], cancellationToken);
        if (!outcome.Succeeded)
            throw new ServiceException($"The service is installed, but '{Control} enable-linger {account.Name}' failed: {outcome.Said}");
    }
}
