namespace Donmai.Core.Daemon.Service;

/// <summary>The cached registration, which a change of the service makes worthless (daemon-runtime.md §14.3).</summary>
public static class RegistrationCache
{
    /// <summary>Deletes it; one that is not there is no error.</summary>
    /// <param name="state">Where the daemon keeps its files.</param>
    /// <returns>Why it could not be deleted, for a warning; otherwise <see langword="null"/>.</returns>
    public static string? Delete(StateDirectory state)
    {
        try
        {
            File.Delete(state.Registration);
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"The cached registration {state.Registration} could not be deleted ({failure.Message.TrimEnd('.')}); delete it before the next start.";
        }
    }
}
