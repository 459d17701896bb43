namespace Donmai.Core.Daemon.Doctor;

/// <summary>Whether <c>daemon.yaml</c> is valid as it lies on the disk now, which a daemon that runs need not have noticed.</summary>
/// <param name="path">The file.</param>
/// <param name="read">Reads it; <see langword="null"/> when it is not there.</param>
internal sealed class ConfigCheck(string path, Func<string, DaemonConfiguration?> read) : IDoctorCheck
{
    public string Name => "config";

    public Task<CheckOutcome> Look(CancellationToken cancellationToken) => Task.FromResult(Look());

    private CheckOutcome Look()
    {
        try
        {
            return CheckOutcome.Well(read(path) is null
                ? $"there is no {path}; generated settings are in force (donmai daemon setup writes a file)"
                : $"{path} is valid");
        }
        catch (DaemonConfigurationException unusable)
        {
            return CheckOutcome.Bad($"{unusable.Message}; mend it: a daemon that runs goes on with what it has read before, another one does not start");
        }
    }
}
