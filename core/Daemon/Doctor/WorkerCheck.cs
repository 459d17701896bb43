using Donmai.Core.Sessions;
using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Daemon.Doctor;

/// <summary>Whether the program that runs sessions is still where it was; an update or an uninstallation may have taken it away.</summary>
internal sealed class WorkerCheck(WorkerCommand worker, HostEnvironment host) : IDoctorCheck
{
    private const string Assembly = ".dll";

    public string Name => "worker";

    public Task<CheckOutcome> Look(CancellationToken cancellationToken) => Task.FromResult(Look());

    private CheckOutcome Look()
    {
        var words = worker.Words;
        if (ProgramSearch.Find(words[0], host.SearchPath) is not { } program)
            return CheckOutcome.Bad($"'{words[0]}', which runs sessions, is not an executable file; install donmai anew");
        if (words.Count > 1 && words[1].EndsWith(Assembly, StringComparison.OrdinalIgnoreCase) && !File.Exists(words[1]))
            return CheckOutcome.Bad($"'{words[1]}', which runs sessions, is gone; install donmai anew");
        return CheckOutcome.Well(worker.IsOwnWorker ? program : $"another worker: {string.Join(' ', words)}");
    }
}
