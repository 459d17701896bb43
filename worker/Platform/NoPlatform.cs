using Donmai.Sessions;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Platform;

/// <summary>The link of a session that nobody but this machine waits for.</summary>
internal sealed class NoPlatform : IPlatformLink
{
    private static readonly PlatformPostOutcome NotThere = PlatformPostOutcome.Failed("the session has no platform");

    private NoPlatform()
    {
    }

    /// <summary>The only one.</summary>
    public static NoPlatform Instance { get; } = new();

    /// <inheritdoc/>
    public Task StartLease() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task ConfirmLease() => Task.CompletedTask;

    /// <inheritdoc/>
    public void Tell(AgentEvent happening)
    {
        // Nobody to tell.
    }

    /// <inheritdoc/>
    public Task<PlatformPostOutcome> UpdateIssueStatus(string issueId, string status, CancellationToken cancellationToken) => Task.FromResult(NotThere);

    /// <inheritdoc/>
    public Task<PlatformPostOutcome> CreateComment(string issueId, string text, CancellationToken cancellationToken) => Task.FromResult(NotThere);

    /// <inheritdoc/>
    public Task CloseActivity() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<TerminalReport> Report(SessionResult result, bool statusOnly, TimeSpan deadline) => Task.FromResult(TerminalReport.Nothing);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
