namespace Donmai.Worker.Sessions;

/// <summary>Where a session's agent begins (worker.md §2.8).</summary>
/// <param name="ProviderSession">The provider session to continue; empty for a new one.</param>
/// <param name="WasInterrupted">The earlier worker ended in the middle of the work, so the agent looks first what is done.</param>
/// <param name="IsRequired">A new provider session is no substitute.</param>
internal sealed record ResumePoint(string ProviderSession, bool WasInterrupted, bool IsRequired)
{
    /// <summary>A new provider session.</summary>
    public static ResumePoint Fresh { get; } = new("", WasInterrupted: false, IsRequired: false);
}
