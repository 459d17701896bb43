using System.Text;
using Donmai.Core.Sessions.Children;

namespace Donmai.Worker.Sessions;

/// <summary>
/// Ends what an earlier worker of the session left running when it was killed (worker.md §1.8): two agents must never work in one tree. They are
/// known by the variable that names the tree, which only its agents have, wherever they went.
/// </summary>
internal static class FormerAgents
{
    /// <summary>Ends them.</summary>
    /// <param name="tree">The work tree of the earlier worker.</param>
    /// <param name="leftovers">Ends processes.</param>
    /// <returns>How many had to be killed.</returns>
    public static async Task<int> End(string tree, Leftovers leftovers)
    {
        if (ProcessTable.Find(Environment.ProcessId) is not { } own)
            return 0;
        var mark = Encoding.UTF8.GetBytes($"\0DONMAI_WORKTREE={tree}\0");
        var left = ProcessTable.Read().Where(entry => entry.StartTick < own.StartTick && IsOf(entry.Pid, mark)).ToList();
        return left.Count == 0 ? 0 : (await leftovers.End(left[0].Pid, left)).Killed;
    }

    private static bool IsOf(int pid, byte[] mark)
    {
        try
        {
            return ((ReadOnlySpan<byte>)(byte[])[0, .. File.ReadAllBytes($"/proc/{pid}/environ")]).IndexOf(mark) >= 0;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
