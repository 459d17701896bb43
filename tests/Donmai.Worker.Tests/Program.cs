using Donmai.Worker.Tests.Platform;

namespace Donmai.Worker.Tests;

/// <summary>The worker as a program of its own, for tests that signal it, kill it or look at what it leaves; and its poster, for those that measure it.</summary>
internal static class Program
{
    private static Task<int> Main(string[] words)
    {
        if (words is [PosterMemory.Verb, var events, var backlog])
            return PosterMemory.Measure(events, backlog);
        string? Of(string flag) => Array.IndexOf(words, flag) is >= 0 and var at ? words[at + 1] : null;
        return WorkerProgram.Run(new WorkerOptions
        {
            SessionId = Of("--session-id"),
            DaemonUrl = Of("--daemon-url"),
            WorktreeDirectory = Of("--worktree-dir"),
            RecordDirectory = Of("--record-dir"),
            DetailFile = Of("--detail-file"),
            KeepWorktree = Enum.Parse<WorktreeRetention>(Of("--keep-worktree") ?? nameof(WorktreeRetention.OnFailure), ignoreCase: true),
        });
    }
}
