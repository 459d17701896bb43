using Donmai.Core.Sessions.Children;
using Donmai.Worker.Providers;
using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

/// <summary>The worker's side of its agent: its processes go into <c>worker.json</c>, its warnings into the result.</summary>
internal sealed partial class AgentDesk : IAgentHost
{
    private readonly RecordDirectory _record;
    private readonly string _provider;
    private readonly List<string> _warnings = [];
    private readonly ILogger _log;

    /// <summary>Creates the desk.</summary>
    /// <param name="record">The session's record directory.</param>
    /// <param name="provider">Provider the agent belongs to.</param>
    /// <param name="leftovers">Ends what a process left behind.</param>
    /// <param name="clock">Source of time.</param>
    /// <param name="log">The worker's log.</param>
    public AgentDesk(RecordDirectory record, string provider, Leftovers leftovers, TimeProvider clock, ILogger log)
    {
        _record = record;
        _provider = provider;
        Leftovers = leftovers;
        Clock = clock;
        _log = log;
    }

    /// <inheritdoc/>
    public string PrivateDirectory => _record.Root;

    /// <inheritdoc/>
    public TimeProvider Clock { get; }

    /// <inheritdoc/>
    public Leftovers Leftovers { get; }

    /// <summary>What the adapter warned about, in order.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_warnings)
                return [.. _warnings];
        }
    }

    /// <inheritdoc/>
    public void AgentStarted(int pid)
    {
        Record(worker => worker with { Agents = [.. worker.Agents, new AgentProcessRecord(pid, pid, _provider, Clock.GetUtcNow())] });
        ProcessStarted(_provider, pid);
    }

    /// <inheritdoc/>
    public void AgentEnded(int pid)
    {
        Record(worker => worker with { Agents = [.. worker.Agents.Where(agent => agent.Pid != pid)] });
        ProcessEnded(_provider, pid);
    }

    /// <inheritdoc/>
    public void Warn(string warning)
    {
        lock (_warnings)
            if (!_warnings.Contains(warning, StringComparer.Ordinal))
                _warnings.Add(warning);
    }

    /// <inheritdoc/>
    public void Note(string note) => Noted(_provider, note);

    /// <inheritdoc/>
    public void Complaint(string line) => Complained(_provider, line);

    // On a full disk the process that runs is still to be followed and ended.
    private void Record(Func<WorkerProcessRecord, WorkerProcessRecord> change)
    {
        try
        {
            _record.Update(change);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            ProcessNotRecorded(_provider, refused);
        }
    }
}
