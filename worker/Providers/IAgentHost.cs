using Donmai.Core.Sessions.Children;

namespace Donmai.Worker.Providers;

/// <summary>What the worker offers to the adapter of its agent.</summary>
internal interface IAgentHost
{
    /// <summary>Private directory (0700) that outlives the work tree, for files the agent reads.</summary>
    string PrivateDirectory { get; }

    /// <summary>Source of time.</summary>
    TimeProvider Clock { get; }

    /// <summary>Records a process before it is given its first byte, so that a daemon can end it after the worker was killed (CP-12).</summary>
    void AgentStarted(int pid);

    /// <summary>The process has ended.</summary>
    void AgentEnded(int pid);

    /// <summary>Ends what a process left behind.</summary>
    Leftovers Leftovers { get; }

    /// <summary>Tells the user, once per text, about something that was asked for and is not done.</summary>
    void Warn(string warning);

    /// <summary>Writes something about the agent to the worker's log.</summary>
    void Note(string note);

    /// <summary>Notes a line of the agent's standard error.</summary>
    void Complaint(string line);
}
