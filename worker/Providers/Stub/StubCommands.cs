using System.Globalization;
using Donmai.Core.Git;
using Donmai.Core.Sessions.Children;

namespace Donmai.Worker.Providers.Stub;

/// <summary>What the stub really does in its work tree.</summary>
/// <param name="request">What it was asked to do.</param>
internal sealed class StubCommands(AgentRequest request)
{
    private const string Shell = "/bin/sh";

    // A grandchild in the group of a child that has ended already, deaf to TERM.
    private const string DeafGrandchild = "(trap '' TERM; while :; do sleep 1; done) >/dev/null 2>&1 & echo $!";

    private int _group;

    /// <summary>Commits everything in the work tree.</summary>
    /// <returns>Name of the commit, or what git said.</returns>
    public async Task<(string Commit, string? Failure)> Commit(string message, CancellationToken cancellationToken)
    {
        try
        {
            var git = GitProgram.Find(request.Environment, request.Host.Clock);
            await git.Must(request.WorkingDirectory, ["add", "--all"], cancellationToken);
            await git.Must(request.WorkingDirectory, ["commit", "--quiet", "-m", message], cancellationToken);
            return ((await git.Must(request.WorkingDirectory, ["rev-parse", "HEAD"], cancellationToken)).Trim(), null);
        }
        catch (GitFailureException failure)
        {
            return ("", failure.Message);
        }
    }

    /// <summary>Starts a grandchild that ignores TERM.</summary>
    /// <returns>Process id of the one that started it, which is the group of both.</returns>
    public int SpawnChild()
    {
        var child = ChildProcess.Start(new ChildProcessStart
        {
            Program = Shell,
            Arguments = ["-c", DeafGrandchild],
            Environment = request.Environment,
            WorkingDirectory = request.WorkingDirectory,
        });
        _group = child.Pid;
        request.Host.AgentStarted(child.Pid);
        return child.Pid;
    }

    /// <summary>Ends what is left of it.</summary>
    public async Task<AgentStop> EndChildren(CancellationToken atOnce)
    {
        if (_group == 0)
            return AgentStop.Clean;
        var (killed, alive) = await request.Host.Leftovers.End(_group, []);
        if (killed > 0)
            request.Host.Warn(string.Create(CultureInfo.InvariantCulture, $"{killed} processes that the agent left behind were ended"));
        request.Host.AgentEnded(_group);
        _group = 0;
        return new AgentStop(killed > 0, alive);
    }
}
