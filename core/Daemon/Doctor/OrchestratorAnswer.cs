using System.Net;

namespace Donmai.Core.Daemon.Doctor;

/// <summary>What came of asking the orchestrator.</summary>
/// <param name="Status">Its status code; 0 when it did not answer.</param>
/// <param name="Date">The time by its clock, if it said so.</param>
/// <param name="At">The time by ours when the answer came.</param>
/// <param name="Failure">Why it did not answer; <see langword="null"/> when it did.</param>
public sealed record OrchestratorAnswer(HttpStatusCode Status, DateTimeOffset? Date, DateTimeOffset At, string? Failure);
