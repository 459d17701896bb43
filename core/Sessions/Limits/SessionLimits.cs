using Donmai.Core.Daemon;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions.Limits;

/// <summary>
/// Holds sessions to their limits as well as this machine can (daemon-runtime.md §7): by control groups where the daemon may divide them, else
/// memory by looking, and processors by confinement. Limits of address space are not used: runtimes reserve far more than they ever touch.
/// </summary>
public sealed partial class SessionLimits
{
    private static readonly TimeSpan RemoveLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RemovePause = TimeSpan.FromMilliseconds(10);

    private readonly ControlGroups? _groups;
    private readonly TimeProvider _clock;
    private readonly ILogger<SessionLimits> _log;

    /// <summary>Finds out what can be enforced here.</summary>
    /// <param name="state">State directory of the daemon.</param>
    /// <param name="clock">Time.</param>
    /// <param name="log">Where trouble is told.</param>
    public SessionLimits(StateDirectory state, TimeProvider clock, ILogger<SessionLimits> log)
        : this(ControlGroupSearch.Find(state.Root, out var obstacle), obstacle, clock, log)
    {
    }

    internal SessionLimits(ControlGroups? groups, string? obstacle, TimeProvider clock, ILogger<SessionLimits> log)
    {
        _groups = groups;
        _clock = clock;
        _log = log;
        Enforcement = new ResourceEnforcement(
            groups is { HasMemory: true } ? "by a control group for each session (memory.max)"
                : OperatingSystem.IsLinux() ? $"by looking every {MemoryWatch.Period.TotalSeconds:0} s: a session above its limit loses its largest process"
                : ResourceEnforcement.None,
            groups is { HasCpu: true } ? "by a control group for each session (cpu.max)"
                : Processors.CanConfine ? "by confining each session to as many processors (affinity)"
                : ResourceEnforcement.None,
            obstacle);
    }

    /// <summary>What is enforced here, and how.</summary>
    public ResourceEnforcement Enforcement { get; }

    /// <summary>Whether the memory of sessions has to be looked at.</summary>
    internal bool LooksAtMemory => _groups is not { HasMemory: true } && OperatingSystem.IsLinux();

    /// <summary>Processors a session is to be confined to when it is started; 0 where that is not the way.</summary>
    internal int Confinement(ResourceLimit? limit) => _groups is { HasCpu: true } ? 0 : limit?.VCpu ?? 0;

    /// <summary>Prepares the limits of a session.</summary>
    /// <returns>The file to which its first process writes its id to come under them; <see langword="null"/> when there is none.</returns>
    internal string? Prepare(string sessionId, ResourceLimit? limit)
    {
        if (_groups is null || limit is not { } wanted)
            return null;
        try
        {
            return _groups.Create(sessionId, wanted);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            LogNotCreated(sessionId, refusal.Message);
            return null;
        }
    }

    /// <summary>Ends what is left under the limits of a session that has ended, and removes them.</summary>
    internal async Task Close(string sessionId)
    {
        if (_groups is null)
            return;
        for (var start = _clock.GetTimestamp(); !_groups.TryRemove(sessionId); await Task.Delay(RemovePause, _clock))
        {
            Kill(sessionId);
            if (_clock.GetElapsedTime(start) <= RemoveLimit)
                continue;
            LogNotRemoved(sessionId);
            return;
        }
    }

    /// <summary>As <see cref="Close"/>, without waiting; what ends too late is removed at the next start of the daemon.</summary>
    internal void CloseOnce(string sessionId)
    {
        if (_groups?.TryRemove(sessionId) is not false)
            return;
        Kill(sessionId);
        _ = _groups.TryRemove(sessionId);
    }

    /// <summary>Kills everything under the limits of a session.</summary>
    internal void Kill(string sessionId)
    {
        try
        {
            _groups?.Kill(sessionId);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            LogNotKilled(sessionId, refusal.Message);
        }
    }
}
