namespace Donmai.Core.Daemon.Doctor;

/// <summary>Whether every directory of kits can be read. The usual one is made when the first kit is installed.</summary>
internal sealed class KitsCheck(IDaemonConfiguration configuration, StateDirectory state) : IDoctorCheck
{
    public string Name => "kits";

    public Task<CheckOutcome> Look(CancellationToken cancellationToken) => Task.FromResult(Look());

    private CheckOutcome Look()
    {
        var paths = configuration.Current.KitScanPaths;
        var problems = paths.Select(Problem).OfType<string>().ToList();
        return problems.Count > 0
            ? CheckOutcome.Bad($"{string.Join("; ", problems)}; make it, or change kit.scanPaths in daemon.yaml")
            : CheckOutcome.Well(paths.Count == 0 ? "no directory of kits is configured" : $"kits are looked for in {string.Join(", ", paths)}");
    }

    private string? Problem(string path)
    {
        try
        {
            if (!Directory.Exists(path))
                return path == state.Kits && !File.Exists(path) ? null : $"{path} is not a directory";
            using var entries = Directory.EnumerateFileSystemEntries(path).GetEnumerator();
            entries.MoveNext();
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be read: {refused.Message}";
        }
    }
}
