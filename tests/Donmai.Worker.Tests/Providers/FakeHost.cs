using Donmai.Core.Sessions.Children;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Tests.Providers;

/// <summary>The worker's side of an agent, written down.</summary>
internal sealed class FakeHost(TemporaryDirectory place) : IAgentHost
{
    public List<int> Living { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<string> Notes { get; } = [];

    public List<string> Complaints { get; } = [];

    public string PrivateDirectory => place.Make("private");

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public Leftovers Leftovers { get; } = new(adoptsOrphans: false, TimeProvider.System);

    public void AgentStarted(int pid) => Living.Add(pid);

    public void AgentEnded(int pid) => Living.Remove(pid);

    public void Warn(string warning) => Warnings.Add(warning);

    public void Note(string note) => Notes.Add(note);

    public void Complaint(string line)
    {
        lock (Complaints)
            Complaints.Add(line);
    }
}
