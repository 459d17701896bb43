using Donmai.Sessions;

namespace Donmai.Cli.Tests.Sessions;

/// <summary>Sessions as a daemon would tell them.</summary>
internal static class Sample
{
    private static readonly DateTimeOffset Accepted = new(2026, 5, 7, 12, 0, 0, TimeSpan.Zero);

    public static SessionInspection Completed { get; } = new()
    {
        SessionId = "s1",
        State = SessionState.Completed,
        Repository = "/src/shop",
        Provider = "claude",
        AcceptedAt = Accepted,
        EndedAt = Accepted.AddSeconds(72),
        ExitCode = 0,
        ArchiveId = "wa-s1-9",
        ArchivePath = "/state/workareas/wa-s1-9/tree",
        RecordPath = "/state/worktrees/.records/s1",
        Result = new()
        {
            Status = "completed",
            ProviderName = "claude",
            Summary = "Both files are edited.",
            Branch = "agent/s1",
            BaseSha = "0123456789abcdef0123456789abcdef01234567",
            Cost = new() { InputTokens = 61, CachedInputTokens = 9060, OutputTokens = 250, TotalCostUsd = 0.2143, NumTurns = 3 },
            Changes = new()
            {
                Commits = 1,
                Files = [new() { Path = "src/a.txt", Insertions = 10, Deletions = 2 }, new() { Path = "logo.png", Binary = true }],
            },
        },
    };

    public static SessionInspection Failed { get; } = Completed with
    {
        State = SessionState.Failed,
        ExitCode = 1,
        Result = null,
        Reason = "outcome unknown",
        ArchivePath = null,
        ArchiveId = null,
    };
}
