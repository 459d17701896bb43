using System.Security.Cryptography;
using Donmai.Core.Sessions;
using Donmai.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary>What a session left, by name (worker.md §8.6).</summary>
internal static class SessionArtifacts
{
    /// <summary>Lists it. Files that grow until the worker's end have neither size nor sum.</summary>
    public static List<SessionArtifact> Of(SessionContext session, SessionOutcome outcome, string? pullRequest)
    {
        List<SessionArtifact> artifacts = [];
        Add("pull-request", pullRequest);
        if (outcome.Facts is { BranchPushed: true })
            Add("branch", outcome.Backstop?.Branch ?? outcome.Tree?.Branch);
        if (outcome.Facts is { CommitsPresent: true })
            Add("commit", outcome.CommitSha);
        artifacts.AddRange(outcome.Rescued.Where(File.Exists).Select(Measured));
        Add("events", session.Record.Events);
        Add("log", session.Record.PathOf(SessionRecordFiles.WorkerLog));
        return artifacts;

        void Add(string kind, string? reference)
        {
            if (!string.IsNullOrEmpty(reference))
                artifacts.Add(new SessionArtifact { Kind = kind, Ref = reference });
        }
    }

    private static SessionArtifact Measured(string path)
    {
        using var content = File.OpenRead(path);
        return new SessionArtifact
        {
            Kind = path.EndsWith(".bundle", StringComparison.Ordinal) ? "bundle" : "patch",
            Ref = path,
            Size = content.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        };
    }
}
