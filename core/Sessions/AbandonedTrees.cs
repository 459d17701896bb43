using System.Text.RegularExpressions;
using Donmai.Core.Daemon;
using Donmai.Core.Platform;
using Donmai.Core.Workareas.Trees;

namespace Donmai.Core.Sessions;

/// <summary>
/// Directories beside the work trees that nobody will ask for again (worker.md §5.2, §5.5): trees that a worker began and was killed over, and trees
/// that a worker could not remove and moved out of the way.
/// </summary>
/// <param name="state">The state directory.</param>
internal sealed partial class AbandonedTrees(StateDirectory state)
{
    /// <summary>Those whose session neither lives nor has a worker.</summary>
    /// <param name="live">Sessions that live.</param>
    public IEnumerable<DirectoryInfo> Find(IReadOnlySet<string> live) => Directory.Exists(state.Worktrees)
        ? new DirectoryInfo(state.Worktrees).EnumerateDirectories().Where(directory => IsAbandoned(directory, live))
        : [];

    /// <summary>Removes one, whatever it holds.</summary>
    /// <exception cref="IOException">Something cannot be removed.</exception>
    public static void Remove(DirectoryInfo tree) => TreeRemoval.Remove(tree.FullName);

    private bool IsAbandoned(DirectoryInfo directory, IReadOnlySet<string> live)
    {
        if (directory.LinkTarget is not null)
            return false;
        if (Trash().IsMatch(directory.Name))
            return true;
        return Unfinished().Match(directory.Name) is { Success: true } unfinished
            && new[] { unfinished.Groups["tree"].Value, unfinished.Groups["session"].Value }.All(id => !live.Contains(id) && !HasWorker(id))
            && !IsOfASession(directory.Name, live);
    }

    // An id may look like an unfinished tree, and its whole tree is nobody's to remove.
    private bool IsOfASession(string name, IReadOnlySet<string> live) => live.Contains(name) || Directory.Exists(Path.Combine(state.Records, name));

    private bool HasWorker(string sessionId) => SessionIds.IsUsable(sessionId) && OutboxStore.IsHeld(Path.Combine(state.Records, sessionId));

    [GeneratedRegex(@"^\.trash-[0-9a-f]{32}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Trash();

    // The tree of a session has its name, and a number behind it where that was taken.
    [GeneratedRegex(@"^(?<tree>(?<session>[^.].*?)(-[0-9]+)?)\.tmp-[0-9a-f]{32}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unfinished();
}
